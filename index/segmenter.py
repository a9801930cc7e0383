"""Canonical text becomes words: pyvi's syllables, and which of them belong together."""
import functools


@functools.cache
def _pyvi():
    from pyvi.ViTokenizer import ViTokenizer
    return ViTokenizer


def words(text: str) -> list[str]:
    """Exactly what pyvi answers: words with "_" between their syllables, line ends as words of their own."""
    return _pyvi().spacy_tokenize(text)[0] if text.strip() or "\n" in text else []
