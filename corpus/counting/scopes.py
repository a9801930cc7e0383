"""A sentence becomes the places that its figures can be of, by name: "Điện Biên", "Lạc Sơn, Hòa Bình", "Việt Nam"."""
import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus import places
from corpus.naming.mentions import CAPITALS

COUNTRY = "Việt Nam"
MERGED = "2025-07-01"       # provinces and districts of before end here
FORMERLY = re.compile(r"\s\(?(?:cũ|trước đây|khi chưa (?:hợp|sáp) nhập)(?!\w)", re.I)
#: The provinces that a new one was joined from: "hợp nhất ba tỉnh Lâm Đồng, Đắk Nông và Bình Thuận".
JOINED = re.compile(r"(?<!trước )(?<!khi )(?:hợp nhất|sáp nhập)\s(?!.*(?:, tỉnh|(?<!\w)có(?!\w)))[^.;()\d]*$", re.I)
NEW = re.compile(r"\s\(?mới(?!\w)", re.I)
LONGEST_PARTIES = 60
HAS = re.compile(r"\s(?:(?:hiện|đang|đã|vẫn|cũng)\s){0,2}(?:có|còn)\s(?:\w+\s){0,2}\d", re.I)
END, LONGEST_ADDRESS = re.compile(r"[.;\n]"), 90
CITIES = frozenset(("ha-noi", "ho-chi-minh", "hai-phong", "da-nang", "can-tho", "thua-thien-hue"))
WHOLE = re.compile(
    r"(?<!\w)(?:(?P<country>cả nước|toàn quốc|(?:của|ở|tại|khắp|nước|dân) Việt Nam|nước ta)"
    r"|(?P<province>(?:toàn|cả|trong|(?<!ngoài )của|trên địa bàn(?: toàn)?) tỉnh|tỉnh (?:ta|nhà|này|mới|hiện|đã|có|đang"
    r"|phấn đấu|đặt)|địa phương trong tỉnh)"
    r"|(?P<city>(?:toàn|trong|của|trên địa bàn(?: toàn)?) (?:thành phố|tp)|(?:thành phố|tp) (?:hiện|có|đã|đang|ta|đặt"
    r"|phấn đấu))"
    r"|(?P<district>(?:toàn|cả|trong|của|trên địa bàn(?: toàn)?) (?:huyện|quận|thị xã)|(?:huyện|quận|thị xã) (?:hiện|có|đã"
    r"|đang|ta|nhà|này|phấn đấu|đặt|đề ra))"
    r"|(?P<commune>(?:toàn|trong|của|trên địa bàn(?: toàn)?) (?:xã|phường)|(?<!hợp tác )xã (?:hiện|có|đã|đang"
    r"|này)))(?!\w)", re.I)
CASED = re.compile(rf"\s[{CAPITALS}]")
NUMBERED = re.compile(r"(?<!\w)(?:Q\.|Quận|quận)\s?(\d{1,2})(?![\d/])")
ABROAD = re.compile(r"(?<!\w)(?:toàn|tại|ở|của|nước)\s(Trung Quốc|Nhật Bản|Hàn Quốc|Thái Lan|Ấn Độ|Lào|Campuchia"
                    r"|Indonesia|Philippines|Malaysia|Singapore|Israel"
                    r"|Hà Lan|Pháp|Đức|Mỹ|Canada|Australia|Triều Tiên|Cuba|Nga|thế giới)(?!\w)(?! (?:Tho|Đình|Đức))")
#: Several provinces together: none of them.
REGION = re.compile(r"(?<!\w)(?<!thuộc )(?:[Vv]ùng|[Kk]hu vực|[Cc]ác tỉnh|[Mm]iền)\s((?:Trung du(?:,| và)? )?(?:[Đđ]ồng bằng|ĐBSCL|ĐBSH|Tây Nguyên"
                    r"|Đông Nam Bộ|Tây Nam Bộ|Bắc Trung Bộ|(?:[Dd]uyên hải )?Nam Trung Bộ|[Dd]uyên hải|Tây Bắc|Đông Bắc|[Tt]rung du"
                    r"|[Mm]iền núi phía Bắc|miền (?:Tây|Trung|Bắc|Nam)|Trung|Tây|Bắc|Nam)(?:\s[Ss]ông (?:Hồng|Cửu Long))?(?: (?:và )?(?:[Mm]iền núi )?"
                    r"(?:phía Bắc|miền Trung))?)(?!\w)")
#: "chiếm 1/5 số HTX của tỉnh", "nhiều nhất cả nước": only what a figure is measured by.
MEASURED_BY = re.compile(r"(?<!\w)(?:chiếm|nhất|đứng|bằng|tốp|top)(?!\w)[^,;:.]{0,60}$", re.I)
#: Where goods and people go to: no place of a figure.
TOWARDS = re.compile(r"(?<!\w)(?:sang|ra|vào|về|đi|đến|tới|từ|thị trường|bán|cho|và)(?: \w+)?\s$", re.I)
SEVERAL = re.compile(r"(?<!\w)các (?:huyện|quận|thị xã|địa phương)", re.I)
KIND = re.compile(r"(?P<kind>tỉnh|thành phố|tp|huyện|thị xã|tx|quận|q|h|xã|phường|thị trấn)(?:\.\s?|\s)$", re.I)
INSIDE = re.compile(r",?\s?\(?(?:thuộc )?(?:(?:tỉnh|huyện|thành phố|thị xã|TP\.?)\s?)?")
#: What may stand between a counted noun and the place it is told to be in.
BEHIND = re.compile(r"\s?(?:đang hoạt động )?(?:trên địa bàn|ở|tại|của|thuộc|trong)?(?: toàn)?\s?(?:(?:tỉnh|huyện"
                    r"|thành phố|thị xã|quận|TP\.?|Q\.)\s?)?$", re.I)
#: The actors of an article that speaks of the whole country.
NATION = re.compile(r"(?<!\w)(?:Chính phủ|Thủ tướng|Quốc hội|cả nước|toàn quốc|Liên minh (?:HTX|Hợp tác xã) Việt Nam"
                    r"|Bộ (?:Nông nghiệp|trưởng|Kế hoạch|Tài chính))(?!\w)")
PROVINCIAL = re.compile(r"(?<!\w)(?:toàn tỉnh|(?:UBND|HĐND|địa bàn|Liên minh (?:HTX|Hợp tác xã)) (?:tỉnh|thành phố"
                        r"|huyện)(?! (?-i:[A-ZĐ]))|tỉnh ta|tỉnh nhà)(?!\w)", re.I)
NAME_ONLY = re.compile(r"(?:(?:tỉnh|thành phố|tp\.?|huyện|thị xã|tx\.?|quận|q\.|xã|phường|thị trấn)\s?)?", re.I)
#: How near its beginning a sentence names what it speaks of.
TOPIC = re.compile(r"(?:^|[.!?…\n]\s?)[^.!?…\n]{0,24}$")
SAIGON = "Hồ Chí Minh"      # where districts bear numbers
OPENING = 600               # characters in which an article says who speaks
LONGEST_KIND, LONGEST_WAY = 12, 24
LONGEST_TOPIC = 1_000       # characters of a paragraph in which its place may have been named


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that name a place, text[start:end], and the place by name."""
    start: int
    end: int
    name: str | None
    why: str
    kind: str = ""      # of a place that is named: province | district | commune


@dataclass(frozen=True, slots=True)
class Home:
    """What a document says of place once and for all: the names of its provinces, and whether districts still exist."""
    provinces: tuple[str, ...] = ()     # slugs
    default: str | None = None          # a name, where nothing nearer is told
    merged: bool = False


def home(text: str, provinces: tuple[str, ...], published: str | None) -> Home:
    """The default of a document: its one province, or the one it opens with; else the country where the state speaks."""
    merged = published is not None and published >= MERGED
    names = tuple(dict.fromkeys(_name(slug, merged) for slug in provinces))
    if len(names) > 1:
        opening = {one.candidates for one in places.mentions(text[:OPENING]) if one.kind == "province"}
        names = tuple(dict.fromkeys(_name(slug, merged) for slug in provinces if (slug,) in opening)) or names
    if len(names) == 1:
        return Home(provinces, names[0], merged)
    national = NATION.search(text, 0, OPENING) and not PROVINCIAL.search(text)
    return Home(provinces, COUNTRY if national else None, merged)


def _name(slug: str, merged: bool) -> str:
    label = places.NOW_LABELS[places.now(slug)] if merged else places.label(slug)
    return label.removeprefix("TP. ")


def scopes(text: str, start: int, end: int, home: Home, district: Callable[[], str | None]) -> list[Scope]:
    """The scopes of text[start:end] in order. `district` finds the one spoken of before, for "toàn huyện"."""
    named = _named(text, start, end, home)
    found = [_relative(match, home, named, district) for match in WHOLE.finditer(text, start, end)
             if not (match.lastgroup != "country" and CASED.match(text, match.end())) and not MEASURED_BY.search(text, start, match.start())]
    found += [Scope(*match.span(), match[1], match[0]) for where in (ABROAD, REGION) for match in where.finditer(text, start, end)]
    return sorted(found + named, key=lambda scope: scope.start)


def _relative(match: re.Match[str], home: Home, named: list[Scope], above: Callable[[], str | None]) -> Scope:
    """ "toàn tỉnh" in this document; "cả huyện" is the district named before it in the sentence, else the one `above`."""
    words = match[0]
    if match["country"]:
        return Scope(*match.span(), COUNTRY, words)

    def district() -> str | None:
        before = (one.name for one in reversed(named) if one.end <= match.start() and one.kind == "district")
        return next(before, None) or above()

    if match["district"] or match["commune"] or match["city"] and not CITIES & set(home.provinces):
        return Scope(*match.span(), district() or _province(home), words)
    told = (one.name for one in reversed(named) if one.end <= match.start() and one.kind == "province")
    return Scope(*match.span(), _province(home) or next(told, None), words)


def _named(text: str, start: int, end: int, home: Home) -> list[Scope]:
    """Places named in the sentence; a district together with its province is one."""
    sentence = text[start:end]
    found: list[Scope] = []
    named = [one for one in places.mentions(sentence) if one.kind in ("province", "district", "commune")]
    for one, larger in zip(named, [*named[1:], None]):
        inside = larger and larger.kind != one.kind and INSIDE.fullmatch(sentence, one.end, larger.start)
        if found and found[-1].end > start + one.start:
            continue
        listed = bool(found) and ", " in (found[-1].name or "")
        name = _name_of(sentence, one, bool(inside), listed, home)
        if name:
            last = larger.end if inside else one.end
            found.append(Scope(start + one.start, start + last, name, sentence[one.start:one.end], one.kind))
    return found + [Scope(start + match.start(), start + match.end(), f"Quận {match[1]}, {_province(home) or SAIGON}", match[0])
                    for match in NUMBERED.finditer(sentence)]


def _name_of(sentence: str, one: places.Named, inside: bool, listed: bool, home: Home) -> str | None:
    """The name of a place that figures can be of: not where goods go to, no district without "huyện" but in a list."""
    kind = KIND.search(sentence, max(0, one.start - LONGEST_KIND), one.start)
    if one.kind == "province":
        bracketed = sentence[max(0, one.start - 1):one.start] == "("
        going = kind is None and TOWARDS.search(sentence, max(0, one.start - LONGEST_WAY), one.start)
        party = home.merged and JOINED.search(sentence, max(0, one.start - LONGEST_PARTIES), one.start)
        if party and not NEW.match(sentence, one.end):
            return None
        return None if bracketed or going else _province(home, one)
    several = one.kind == "district" and (listed or SEVERAL.search(sentence, 0, one.start) or _owns(sentence, one, home))
    return _within(sentence[one.start:one.end], one, home) if kind or inside or several else None


def _owns(sentence: str, one: places.Named, home: Home) -> bool:
    """ "Vĩnh Tường có 57 HTX": a district of the article's provinces, told to have them."""
    return len(one.candidates) == 1 and one.candidates[0] in home.provinces and HAS.match(sentence, one.end) is not None


def spoken_district(text: str, home: Home) -> str | None:
    """The district of this article's provinces that a text names most, without the word for one."""
    named = [text[one.start:one.end] for one in places.mentions(text)
             if one.kind == "district" and set(one.candidates) & set(home.provinces)]
    most = max(named, key=named.count, default=None)
    return most and ", ".join(filter(None, (most, _province(home))))


def _province(home: Home, one: places.Named | None = None) -> str | None:
    """The province a place lies in, where that is certain; of the document, without a place."""
    if one is None:
        return home.default if home.default != COUNTRY else None
    slugs = one.candidates if len(one.candidates) == 1 else [slug for slug in one.candidates if slug in home.provinces]
    return _name(slugs[0], home.merged and not _joined(slugs[0])) if len(slugs) == 1 else None


def _joined(slug: str) -> bool:
    """Whether a province became part of a larger one: what a text calls by its name is not told of the whole."""
    return sum(now == places.now(slug) for now in places.NOW.values()) > 1


def is_former(text: str, scope: Scope) -> bool:
    """Whether a place is told to be that of before: "An Giang cũ"."""
    return FORMERLY.match(text, scope.end) is not None


def _within(words: str, one: places.Named, home: Home) -> str:
    """ "Lạc Sơn, Hòa Bình" """
    return ", ".join(filter(None, (words, _province(home, one) or _province(home))))


def scope_of(text: str, at: int, end: int, until: int, found: list[Scope], older: bool = False) -> Scope | None:
    """The scope of a figure at `at` whose words reach to `end`: named right behind it, before `until`, else the last
    in front of it; an `older` level may stand in front of the place that it shares with the newer."""
    behind = next((scope for scope in found if scope.start >= end), None)
    if behind and behind.start < until and BEHIND.fullmatch(text, end, behind.start):
        return behind
    before = [scope for scope in found if scope.end <= at]
    return _outside(text, at, before) if before else behind if older else None


def _outside(text: str, at: int, before: list[Scope]) -> Scope:
    """The last scope in front of a figure at `at`: one that a closed bracket adds to another gives way to it."""
    bracket = text.rfind("(", before[0].end, before[-1].start)
    closed = bracket >= 0 and ")" not in text[bracket:before[-1].start] and ")" in text[before[-1].end:at]
    return next((scope for scope in reversed(before) if scope.end <= bracket), before[-1]) if closed else before[-1]


def is_place(words: str) -> bool:
    """Whether the words are a place's name and nothing else, as in the row of a table."""
    return any(one.end == len(words) and NAME_ONLY.fullmatch(words, 0, one.start) for one in places.mentions(words))


def place_beside(text: str, name: str, at: int, home: Home) -> Scope | None:
    """The place named behind a cooperative's name where it was last called by it, in front of `at`."""
    last = text.rfind(name, 0, at)
    if last < 0:
        return None
    start = last + len(name)
    stop = END.search(text, start, start + LONGEST_ADDRESS)
    return next(iter(scopes(text, start, stop.start() if stop else start + LONGEST_ADDRESS, home, lambda: None)), None)


def place_of(words: str, home: Home) -> str | None:
    """The place that the heading of a row names."""
    one = next((one for one in places.mentions(words) if one.kind in ("province", "district", "commune")), None)
    if one is None or not is_place(words):
        whole = WHOLE.match(words)
        return COUNTRY if whole and whole["country"] else None
    return _province(home, one) if one.kind == "province" else _within(words[one.start:one.end], one, home)


def topic(text: str, paragraph: int, start: int, home: Home) -> Scope | None:
    """The place with which a sentence of text[paragraph:start] began: what its paragraph speaks of."""
    paragraph = max(paragraph, start - LONGEST_TOPIC)
    above = scopes(text, paragraph, start, home, lambda: None) if paragraph < start else []
    return next((scope for scope in reversed(above) if scope.name and TOPIC.search(text[paragraph:scope.start])), None)
