"""An article becomes a document: what it is about, and how we know."""
import hashlib
from dataclasses import dataclass

from corpus import address, places
from corpus.article import Article
from corpus.dates import year_of
from corpus.evidence import Evidence
from corpus.figures import Figure, figures
from corpus.resolutions import named


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


def describe(article: Article) -> Document:
    provinces, year = places.provinces(article), year_of(article)
    published = article.published and article.published.value
    resolutions, others = named(article.text, published)
    return Document(
        id=id_of(article.url), article=article, provinces=provinces, year=year, resolutions=resolutions,
        other_resolutions=others, figures=figures(article, provinces, year))


def id_of(url: str) -> str:
    """The same for every address under which one page is served."""
    return hashlib.blake2b(address.key(url).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
