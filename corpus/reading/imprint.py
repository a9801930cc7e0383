"""What a page says of itself, in its title, at the head of its text and at its foot, becomes the publisher's name."""
import re
from collections.abc import Iterable

from corpus.dates import mentions
from corpus.naming.gazetteer import rows
from corpus.naming.publishers import of_mark

_BETWEEN = re.compile(r"\s+[-–—|•·»:]\s+|\s*[|•»]\s*|\s*::\s*")
_SITE = re.compile(r"(?<!\w)(?:báo|đài|cổng|trang|tạp chí|truyền hình|tv|online|news|net|portal|liên minh|sở|ubnd|"
                   r"hội|thông tấn|tin|website|điện tử)(?!\w)", re.I)
_SECTION = re.compile(r"^(?:tin tức|sự kiện|tin tức sự kiện|kinh tế|xã hội|thời sự|chi tiết(?: tin| bài viết)?|"
                      r"trang chủ|tin|bài viết|home|news|nông nghiệp|tin hoạt động|chính trị)$", re.I)
_NAMED_SOURCE = re.compile(r"rõ nguồn\s?:?\s?[\"“'«]?(?P<a>[\w.-]{3,40}\.[a-z]{2,4}|[^\"”'».,;]{3,50})[\"”'»]", re.I)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright|"
                        r"bản quyền(?: thuộc(?: về)?)?)\W{0,3}(?:\d{4}\s?[-–]?\s?(?:\d{4})?)?\W{0,3}(?:by |"
                        r"thuộc (?:về )?|bản quyền (?:thuộc )?(?:về |của )?)?(?P<name>[^\W\d_][^.,;|©\n]{2,50})", re.I)


def of_title(said: str | None, heading: str | None) -> str | None:
    """The part of <title> that is not the article's: "… - PTTH Phố Hiến", "Sen Hồng Portal - Tin tức"."""
    parts = [part.strip(" .:|-–") for part in _BETWEEN.split(said or "") if part.strip(" .:|-–")]
    wanted = _words(heading or "")
    foreign = [part for part in parts if len(_words(part) & wanted) < 0.6 * len(_words(part))]
    others = [part for part in foreign if not _SECTION.match(part) and len(part) <= 80]
    if not others or (len(parts) == 1 and not _SITE.search(parts[0]) and (not wanted or wanted & _words(parts[0]))):
        return None
    return next((part for part in reversed(others) if _SITE.search(part)), others[0 if parts[0] in others else -1])


def of_text(text: str) -> str | None:
    """The mark at its head: "(Quang Binh Portal) - …", "(HBĐT) - …", which stands for Báo Hòa Bình."""
    found = of_mark(text)
    if found is None:
        return None
    slug, start, end = found
    mark = text[start:end].strip()
    return mark if not mark.isupper() or " " in mark else _paper(slug, mark) or mark


def _paper(slug: str, mark: str) -> str | None:
    """The paper, or the broadcaster where the mark says TV, of a province."""
    names = next((row["names"].split("|") for row in rows("sources.csv") if row["province"] == slug), [])
    on_air = "TV" in mark
    return next((name for name in names if ("TV" in name or "ruyền hình" in name) == on_air), None)


def of_top(lines: Iterable[str]) -> str | None:
    """The name over the menus, perhaps beside the clock: "Biển Đồng Châu Online | Thứ Bảy, 12/01/2019"."""
    for line in lines:
        dated = next(mentions(line), None)
        name = (line[:dated.start] or line[dated.end:] if dated else line).strip(" |-–•·,:")
        if 5 <= len(name) <= 80 and _SITE.search(name) and not _SECTION.match(name):
            return name
    return None


def of_foot(lines: Iterable[str]) -> str | None:
    """"Ghi rõ nguồn: …", "© 2015 …"."""
    lines = list(lines)
    for pattern, group in ((_NAMED_SOURCE, "a"), (_COPYRIGHT, "name")):
        for line in lines:
            if found := pattern.search(line):
                return found[group].strip(" -–")
    return None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
