"""A publisher's address, name or mark becomes the province it writes for: "baodongkhoi.vn", "Báo Ấp Bắc", "(HBĐT)"."""
import re
from functools import cache

from corpus.naming.gazetteer import labels, rows
from corpus.naming.mentions import scan
from corpus.naming.spellings import fold

HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")
# What stands before and after a province's name in the label of a host: baohoabinh, lienminhhtxthaibinh, dienbientv.
BEFORE = ("bao|dai|dptth|ptth|thtt|th|truyenhinh|tv|lienminhhtx|lienminhhoptacxa|lmhtx|lmhoptacxa|htx|hoinongdan|hnd|nongdan"
          "|tinhuy|thanhuy|tinhdoan|sonongnghiep|sonnptnt|snnptnt|snnmt|sonnmt|nongnghiep|nnptnt|khuyennong|ttkn|congthuong|sct"
          "|socongthuong|sokhdt|khdt|dost|khcn|skhcn|sokhcn|dbnd|hdnd|ubnd|ubndtinh|mttq|tuyengiao|cand|congan|tuoitre|portal"
          "|news|ocop|ntm|nongthonmoi|tapchi|dulich|cong|ttdt|xttm|xuctien|doanthanhnien|phunu|hoiphunu|lienhoi|cchc|dangbo"
          "|visit|my|tinh|tp|thanhpho")
AFTER = "tv|tvonline|portal|online|news|city|dientu|moi|today|24h|365|gov|info|rtv|radio|trade|ocop"
MARK = re.compile(r"^[ \t]*(?:\((?P<a>[^()\n]{2,40})\)[ \t]*[-–—:,]?|(?P<b>[^\W\d_][^()\n–—:,]{1,30}?)[ \t]*[-–—]{1,2}(?=\s))",
                  re.MULTILINE)
SIGN = re.compile(r"^(?:báo|đài|truyền hình|ptth|đài pt-?th) | (?:điện tử|online|portal|tv|ptth)$", re.IGNORECASE)
INITIALS = re.compile(r"([a-zđ]{2,4}?)(?:đt|đtv|tv|online|o)|b([a-zđ]{2,4})")
BEGINNING = 700                # a mark stands at the head of a text


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Domains, names and marks → slug, "" for a national publisher."""
    domains, titles, marks = {}, {}, {}
    for row in rows("sources.csv"):
        domains.update(dict.fromkeys(filter(None, row["domains"].split("|")), row["province"]))
        titles.update(dict.fromkeys(filter(None, row["names"].lower().split("|")), row["province"]))
        marks.update(dict.fromkeys(filter(None, row["marks"].lower().split("|")), row["province"]))
    return domains, titles, marks


@cache
def _label() -> tuple[re.Pattern[str], dict[str, str]]:
    """What a label of a host may look like, and the squeezed names in it → slug."""
    squeezed = {re.sub(r"\W", "", fold(label.lower())).removeprefix("tp"): slug for slug, label in labels().items()}
    squeezed |= {"thuathienhue": "thua-thien-hue", "hue": "thua-thien-hue", "tphcm": "ho-chi-minh", "hcm": "ho-chi-minh",
                 "hochiminhcity": "ho-chi-minh", "hcmc": "ho-chi-minh", "vungtau": "ba-ria-vung-tau", "brvt": "ba-ria-vung-tau"}
    return re.compile(rf"(?:{BEFORE}){{0,3}}(?P<name>{'|'.join(sorted(squeezed, key=len, reverse=True))})(?:{AFTER})?"), squeezed


def of_address(address: str) -> str | None:
    """The slug of the province an address or bare domain belongs to; "" for a national one, None for an unknown one."""
    if not (host := HOST.fullmatch(re.split(r"[/?#:]", address.partition("//")[2] or address, maxsplit=1)[0].lower())):
        return None
    domains = _tables()[0]
    parts = host[0].removeprefix("www.").split(".")
    for i in range(len(parts) - 1):
        if (slug := domains.get(".".join(parts[i:]))) is not None:
            return slug or _of_labels(parts[:i]) or ""
    return _of_labels(parts)


def _of_labels(parts):
    pattern, slugs = _label()
    for part in parts:
        for word in (part.replace("-", ""), *part.split("-")):
            if found := pattern.fullmatch(word):
                return slugs[found["name"]]
    return None


def of_name(source: str) -> str | None:
    """The same for a publisher's name as a page prints it: "Báo Hòa Bình", "(Quang Binh Portal)", "baothaibinh.com.vn"."""
    name = source.strip(" ()[]\n\t").lower()
    if (slug := _tables()[1].get(name, _tables()[1].get(SIGN.sub("", name)))) is not None:
        return slug
    if HOST.fullmatch(name.split("/")[0]) or "//" in name:
        return of_address(name)
    named = [mention.provinces for mention in scan(source) if mention.level == "province"]
    return named[0][0] if len(set(named)) == 1 else None


def of_mark(text: str) -> tuple[str, int, int] | None:
    """The provincial publisher's mark at the head of a text, "(HBĐT) -", "Điện Biên TV -": slug, start, end."""
    for found in MARK.finditer(text, 0, BEGINNING):
        which = "a" if found["a"] else "b"
        if slug := _of_mark(found[which].strip()):
            return slug, *found.span(which)
    return None


def _of_mark(words):
    lowered = words.lower()
    _, titles, marks = _tables()
    if (slug := marks.get(lowered, titles.get(lowered))) is not None:
        return slug
    if HOST.fullmatch(lowered):
        return of_address(lowered)
    if SIGN.search(words):
        return of_name(words)
    if words.isupper() and (initials := INITIALS.fullmatch(lowered)):
        return _by_initials().get(initials[1] or initials[2])
    return None


@cache
def _by_initials() -> dict[str, str]:
    """Initials that only one province has: "hb" → hoa-binh."""
    bearers: dict[str, list[str]] = {}
    for slug, label in labels().items():
        bearers.setdefault("".join(word[0] for word in re.findall(r"\w+", label.lower())), []).append(slug)
    return {initials: slugs[0] for initials, slugs in bearers.items() if len(slugs) == 1}
