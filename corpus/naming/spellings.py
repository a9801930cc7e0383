"""A place name becomes the ways in which print spells it: tone styles, i and y, the highlands, apostrophes."""
import re
import unicodedata
from itertools import islice, product

MOST = 48                       # at most so many ways to write one name

REGIONAL = [set(row.split()) for row in """
đắk đăk đắc đăc dak đak đác dăk
lắk lăk lắc lak
pắc pắk păk păc pak pách
glong g'long
păh pah
m'gar mgar
h'leo hleo
m'đrắk mđrắk m'drắk m'đrăk m'drăk m'drak
r'lấp rlấp
h'drai hdrai
kbang k'bang
krông krong
quy qui
quí quý
mỹ mĩ
kỳ kì
lý lí
sỹ sĩ
""".strip().splitlines()]
WHOLE = {"krông a na": "krông ana", "sa pa": "sapa", "đa krông": "đakrông", "si ma cai": "simacai", "la gi": "lagi",
         "cư m'gar": "cưm'gar", "kon tum": "kontum", "chư păh": "chưpăh", "pác nặm": "pắc nặm", "đăk pơ": "đak pơ", "na hang": "nà hang"}
STYLES = {old: new
          for olds, news in (("òa óa ỏa õa ọa", "oà oá oả oã oạ"), ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
                             ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"))
          for old, new in zip(olds.split(), news.split())}
MODERN = {new: old for old, new in STYLES.items()}
OPEN = re.compile("(?<!q)(?:" + "|".join([*STYLES, *MODERN]) + ")$")


def fold(text: str) -> str:
    """Without accents, đ as d; as many code points as the NFC text had."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def spellings(name: str) -> list[str]:
    """Every way to write a name in lower case, the given one first."""
    found = []
    for whole in filter(None, (name, WHOLE.get(name))):
        found += map(" ".join, islice(product(*map(_syllable, whole.split(" "))), MOST))
    return found


def _syllable(syllable: str) -> list[str]:
    others = {other for row in REGIONAL if syllable in row for other in row}
    for tone in OPEN.findall(syllable):
        others.add(syllable.removesuffix(tone) + (STYLES.get(tone) or MODERN[tone]))
    if "'" in syllable:
        others.add(syllable.replace("'", ""))
    return [syllable, *sorted(others - {syllable})]
