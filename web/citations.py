"""An article becomes a citation: one line to read, RIS, BibTeX."""
import re
import unicodedata

from corpus import address
from corpus.document import Document

UNTITLED = "(không có tiêu đề)"
FIRST = 10      # words that stand for a title
KEY = 40        # characters of a BibTeX key
_ESCAPES = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
            "^": r"\^{}", "~": r"\~{}"}


def title(document: Document) -> str:
    article = document.article
    return _line(article.title or untitled("\n".join(filter(None, (article.kicker, article.lead, article.body)))))


def untitled(text: str, said: str = UNTITLED) -> str:
    """Stands for a missing title, with the first words of the text."""
    words = text[:FIRST * 20].replace("…", " ").split()[:FIRST]
    return f"{said} {' '.join(words)}…" if words else said


def source(document: Document) -> str:
    return _line(document.article.source or address.host(document.article.url) or "")


def plain(document: Document) -> str:
    article = document.article
    parts = (_line(article.byline or ""), _when(document), f"“{title(document)}”", source(document), _web(document))
    return ". ".join(filter(None, parts)) + "."


def ris(document: Document) -> str:
    """https://en.wikipedia.org/wiki/RIS_(file_format): two letters, two spaces, a dash, a space."""
    article = document.article
    rows = [("TY", "NEWS"), ("TI", title(document)), ("AU", _line(article.byline or "")), ("T2", source(document)),
            ("PY", document.year.value if document.year else ""), ("DA", _when(document).replace("-", "/")),
            ("AB", _line(article.lead or "")), ("UR", _web(document)), ("LA", "vi"), ("ID", document.id)]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value) + "ER  - \r\n"


def bibtex(document: Document) -> str:
    """UTF-8, for biber as well as for today's BibTeX; the address stands as it is."""
    article = document.article
    rows = [("title", "{" + _escaped(title(document)) + "}"), ("author", _escaped(_line(article.byline or ""))),
            ("journal", _escaped(source(document))), ("date", _when(document)), ("year", document.year.value if document.year else ""),
            ("url", re.sub(r"[{}\\\s]", "", _web(document))), ("langid", "vietnamese")]
    told = ",\n".join(f"  {name} = {{{value}}}" for name, value in rows if value)
    return f"@article{{{_key(document)},\n{told}\n}}\n"


def _when(document: Document) -> str:
    published = document.article.published
    return published.value if published else ""


def _web(document: Document) -> str:
    url = document.article.url
    return url if address.host(url) else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def _key(document: Document) -> str:
    """Letters of the title without accents, and the year; the id keeps two of one name apart."""
    folded = unicodedata.normalize("NFD", title(document).lower().replace("đ", "d"))
    words = re.findall("[a-z0-9]+", "".join(char for char in folded if not unicodedata.combining(char)))
    return f"{'-'.join(words[:5])[:KEY]}-{document.year.value if document.year else 'nd'}-{document.id[:6]}".lstrip("-")
