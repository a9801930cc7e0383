"""The lines of a page, the boxes they stand in, and what its head says: what is left of markup for reading."""
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it stands on the page: a paragraph, a heading, a cell, what is between two <br>."""
    text: str
    box: int                # index of the innermost box around it
    tag: str                # of that box: "p", "h1", "li", "tr", "td", "div", …
    names: str = ""         # class, id, itemprop of the elements that hold all of it, lower case
    linked: int = 0         # characters of it that are links
    anchors: int = 0        # how many links
    bold: bool = False      # all of it
    italic: bool = False
    right: bool = False     # set to the right
    centred: bool = False
    size: int = 0           # of the font in pixels, where said
    pictured: bool = False  # directly after a picture, or in one's frame
    row: bool = False       # cells of a table, joined
    moment: str | None = None   # what a <time> or an itemprop says for machines

    @property
    def link(self) -> bool:
        """Little else than a link."""
        return self.linked > 0.6 * len(self.text)


@dataclass(slots=True)
class Box:
    """A block-level element: the lines first ≤ i < last stand in it."""
    parent: int
    tag: str
    names: str
    first: int
    depth: int
    last: int = 0
    pictures: int = 0
    rows: int = 0


@dataclass(slots=True)
class Markup:
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    title: str | None = None                                    # <title>
    metas: dict[str, str] = field(default_factory=dict)         # the first of each name, property or itemprop
    links: dict[str, str] = field(default_factory=dict)         # rel → href: canonical, amphtml
    data: list[str] = field(default_factory=list)               # JSON-LD, as it stands
    players: int = 0                                            # videos and audios shown in the page
    language: str | None = None
