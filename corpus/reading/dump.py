"""A plain-text dump of a page becomes lines, as if they stood in one box."""
import re

from corpus.reading import legacy
from corpus.reading.lines import Box, Line, Markup
from corpus.text import characters, clean

_ADDRESS = re.compile(r"^\s*(?:url|link|nguồn|source)?\s?:?\s?(https?://\S{4,500})\s*$", re.I)


def lines(text: str) -> Markup:
    """An address that stands alone in the first or the last line is the page's own."""
    markup = Markup()
    spelled = legacy.reading(text)
    found = list(filter(None, map(clean, characters(spelled(text) if spelled else text).splitlines())))
    for at in (0, -1):
        if found and (address := _ADDRESS.match(found[at])):
            markup.links["canonical"] = address.group(1)
            del found[at]
    markup.lines = [Line(line, 0, "p") for line in found]
    markup.boxes = [Box(-1, "body", "", 0, 0, len(found))]
    return markup
