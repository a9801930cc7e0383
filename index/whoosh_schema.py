"""The table of fields becomes Whoosh's schema. Every field is fed from rows; Whoosh analyses nothing."""
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from index.fields import FACETS, TEXTS


def schema() -> Schema:
    texts = {name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, field_boost=weight)
             for name, weight in TEXTS.items()}
    return Schema(id=ID(stored=True, unique=True), card=STORED(), **texts, **{name: KEYWORD() for name in FACETS})
