"""An article's text becomes paragraphs of sentences, each with its anchor, the words that match and the words that prove."""
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.sentences import sentences

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    mark: int = 0           # number of the match it belongs to, from 1; 0: none
    first: bool = False     # the first piece of that match
    proves: bool = False    # something derived was read here


@dataclass(frozen=True, slots=True)
class Sentence:
    anchor: str             # "c3"
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str               # "title" | "kicker" | "lead" | "body"
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    paragraphs: tuple[Paragraph, ...]
    marks: int              # matches in the text
    starts: tuple[int, ...]

    def of(self, kind: str) -> list[Paragraph]:
        return [paragraph for paragraph in self.paragraphs if paragraph.kind == kind]

    def anchor(self, at: int | None) -> str | None:
        """Of the sentence around a character of `Article.text`."""
        place = bisect_right(self.starts, at) if at is not None else 0
        return f"c{place}" if place else None


def read(article: Article, marks: Sequence[Span] = (), proofs: Iterable[Span] = ()) -> Reading:
    """Spans are offsets into `Article.text`; marks are in order and apart."""
    text, spans = article.text, sentences(article.text)
    proofs = tuple(proofs)
    paragraphs, number = [], 0
    for kind, start, end in lines(article):
        inside = [span for span in spans[number:number + _count(spans, number, end)]]
        found = tuple(Sentence(f"c{number + at}", tuple(_pieces(text, span, marks, proofs)))
                      for at, span in enumerate(inside, 1))
        number += len(inside)
        if found:
            paragraphs.append(Paragraph(kind, found))
    return Reading(tuple(paragraphs), len(marks), tuple(start for start, _ in spans))


def lines(article: Article) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of every line of `Article.text`."""
    at = 0
    for kind in ("title", "kicker", "lead", "body"):
        for line in (getattr(article, kind) or "").split("\n") if getattr(article, kind) else ():
            yield kind, at, at + len(line)
            at += len(line) + 1


def _count(spans: Sequence[Span], first: int, end: int) -> int:
    """How many of the spans from `first` on lie before `end`."""
    return bisect_right(spans, end, lo=first, key=lambda span: span[1]) - first


def _pieces(text: str, span: Span, marks: Sequence[Span], proofs: tuple[Span, ...]) -> Iterator[Piece]:
    start, end = span
    first = bisect_right(marks, start, key=lambda mark: mark[1])
    last = bisect_right(marks, end - 1, key=lambda mark: mark[0])
    within = [(number, *marks[number - 1]) for number in range(first + 1, last + 1)]
    proving = [(a, b) for a, b in proofs if a < end and b > start]
    cuts = sorted({start, end, *(min(max(at, start), end) for _, a, b in within for at in (a, b)),
                   *(min(max(at, start), end) for a, b in proving for at in (a, b))})
    for a, b in zip(cuts, cuts[1:]):
        mark = next(((number, m) for number, m, n in within if m <= a < n), (0, -1))
        yield Piece(text[a:b], mark[0], mark[0] > 0 and a == max(mark[1], start), any(m <= a < n for m, n in proving))
