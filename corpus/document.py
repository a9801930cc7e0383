"""An article becomes a document: what it is about, and how we know."""
from dataclasses import dataclass

from corpus.article import Article
from corpus.evidence import Evidence
from corpus.figures import Figure


@dataclass(frozen=True, slots=True)
class Document:
    id: str                                     # hex digest of the canonical address, 16 characters
    article: Article
    provinces: tuple[Evidence, ...] = ()        # slugs among the 63 names
    year: Evidence | None = None                # of publication; may be inferred, then it says so
    resolutions: tuple[Evidence, ...] = ()      # "nq13", "nq20", or "mo-ho" with its candidates in `among`
    other_resolutions: tuple[Evidence, ...] = ()  # "12/2018/NQ-HĐND": value as a reader would cite it
    figures: tuple[Figure, ...] = ()
    copy_of: str | None = None                  # id of the first publication of the same text, where this is a later copy
