"""Asking: a Query in, Results out."""
from search.opening import NoIndex, OutdatedIndex, Unreachable, open_engine
from search.query import Query

__all__ = ["NoIndex", "OutdatedIndex", "Query", "Unreachable", "open_engine"]
