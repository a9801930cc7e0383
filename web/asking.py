"""The parameters of a request become what is asked, and what of it could not be read. Total."""
import re
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from search.query import Query

SENT = "gui"            # a form was sent: its address is then made tidy
DATES = ("tu", "den")
#: The fields of "Tìm nâng cao" and how each goes into the box.
ADVANCED = {
    "moi": lambda text: text,
    "cum": lambda text: f'"{text}"',
    "bat": lambda text: "(" + " OR ".join(text.split()) + ")" if " " in text else text,
    "khong": lambda text: " ".join("-" + word for word in text.split()),
    "tieude": lambda text: f'tieude:"{text}"',
}
_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[-/.])?(\d{1,2})[-/.])?(\d{4})")
_QUOTES = re.compile('["“”„«»()]')
_LONGEST_DATE = 40      # characters of an unreadable date that are shown again


@dataclass(frozen=True, slots=True)
class Asked:
    query: Query
    unread: dict[str, str] = field(default_factory=dict)    # dates that cannot be read, by parameter
    sent: bool = False


def asked(args: MultiDict) -> Asked:
    """Dates may be written 2022-09-15, 15/9/2022, 9/2022 or 2022."""
    plain = MultiDict((k, v) for k, v in args.items(multi=True) if k not in DATES)
    given = {name: text for name in DATES if (text := " ".join(args.get(name, "").split()))}
    for name, text in given.items():
        plain[name] = iso(text)
    query = Query.of(plain)
    read = {"tu": query.since, "den": query.until}
    unread = {name: text[:_LONGEST_DATE] for name, text in given.items() if not read[name]}
    return Asked(replace(query, text=written(query.text, args)), unread, SENT in args)


def iso(text: str) -> str:
    """A date as written in Vietnam, the year last, with the year first; any other text stays."""
    found = _WRITTEN.fullmatch(text)
    return "-".join(part for part in (found[3], found[2], found[1]) if part) if found else text


def written(text: str, args: MultiDict) -> str:
    """What the box holds once the fields of the advanced search are written into it."""
    pieces = [text]
    for name, compose in ADVANCED.items():
        typed = Query.of(MultiDict({"q": args.get(name, "")})).text
        words = " ".join(_QUOTES.sub(" ", typed).split())
        pieces += [compose(words)] if words else []
    return " ".join(filter(None, pieces))
