"""The words behind a number become what it counts: cooperatives, groups, funds, people in them."""
import re
from dataclasses import dataclass

#: What is counted → its words; "same" stands for what was counted before. "liên hiệp hợp tác xã" goes before "hợp tác xã".
NOUNS = {
    "lien_hiep_htx": r"liên hiệp (?:hợp tác xã|htx)|lhhtx|lh htx|liên hiệp(?! hội| phụ nữ| các| công)",
    "htx": r"hợp tác xã|htx",
    "tht": r"tổ hợp tác|tổ kinh tế hợp tác|tht",
    "qtdnd": r"quỹ tín dụng(?: nhân dân)?|quỹ (?:tdnd|td nhân dân)|qtdnd|qtd",
    "to_chuc": r"(?:tổ chức|đơn vị|loại hình) (?:kinh tế (?:tập thể|hợp tác)|kttt|ktht)",
    "thanh_vien": r"(?:hộ )?(?:thành viên|xã viên|tổ viên)",
    "lao_dong": r"(?:người )?lao động|công nhân|nhân công|thợ",
    "nguoi": r"người",
    "same": r"đơn vị|cơ sở|nơi|mô hình|tổ chức|tổ(?! viên| trưởng)|quỹ",
}
UNITS = {"htx": "htx", "lien_hiep_htx": "lhhtx", "tht": "tht", "thanh_vien": "nguoi", "lao_dong": "nguoi"}
ORGANISATIONS = frozenset(("htx", "lien_hiep_htx", "tht", "qtdnd", "to_chuc"))
PEOPLE = frozenset(("thanh_vien", "lao_dong"))

_ANY = "|".join(f"(?P<{name}>{words})" for name, words in NOUNS.items())
#: Another noun may share the number: "15.000 hợp tác xã và liên hiệp hợp tác xã".
_SHARED = (r"(?:(?: và |, ?| ?/ ?)(?P<shared>liên hiệp (?:hợp tác xã|htx)|lhhtx|tổ hợp tác|tht|hợp tác xã|htx"
           r"|quỹ tín dụng nhân dân|qtdnd|người lao động)(?!\w))?")
COUNTED = re.compile(rf"\s?(?:loại hình )?(?:{_ANY})(?!\w)(?: ?\((?:HTX|THT|QTDND|LHHTX)\))?{_SHARED}", re.I)
#: The same nouns where they lead: "Số HTX nông nghiệp là 241".
MENTIONED = re.compile(rf"(?<!\w)(?:{_ANY})(?!\w)", re.I)
#: "HTX" names a number of them here, but the words name an alliance, a law or a policy.
NOT_COUNTED = re.compile(r"(?:liên minh|luật|chi cục|quỹ hỗ trợ phát triển|liên hiệp)\s$", re.I)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number counts; `end` is behind its words."""
    name: str               # a key of NOUNS
    start: int
    end: int
    shared: str | None = None   # a second noun under the same number


def counted(text: str, at: int, end: int) -> Noun | None:
    """The noun directly behind a number that ends at `at`."""
    found = COUNTED.match(text, at, end)
    return _noun(found) if found else None


def mentioned(text: str, start: int, end: int) -> list[Noun]:
    """All nouns of text[start:end] that could be counted."""
    return [_noun(found) for found in MENTIONED.finditer(text, start, end)
            if not NOT_COUNTED.search(text, max(0, found.start() - 24), found.start())]


def _noun(found: re.Match[str]) -> Noun:
    groups = found.groupdict()
    name = next(name for name in NOUNS if groups[name])
    return Noun(name, found.start(name), found.end(), groups.get("shared"))
