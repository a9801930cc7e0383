"""What is derived from a text, together with the words that prove it."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A value and why we believe it. Offsets count code points of `Article.text`."""
    value: str                  # a slug or an ISO date: "dien-bien", "nq13", "2021-11-19", "2023"
    basis: str                  # how it was read, a short English phrase: "dateline", "JSON-LD", "district", "paper mark"
    start: int | None = None    # the words that decided, text[start:end]; None where they stand outside the text
    end: int | None = None
    quote: str | None = None    # the deciding words when they stand outside the text: a domain, a meta tag's content
    inferred: bool = False      # concluded from the text rather than stated by the page
    among: tuple[str, ...] = () # the candidates of a value that could not be decided
