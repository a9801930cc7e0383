"""Asking: a Query in, Results out."""
from index.generations import DamagedIndex, NoIndex, OutdatedIndex
from search.opening import Unreachable, open_engine
from search.query import Query

__all__ = ["DamagedIndex", "NoIndex", "OutdatedIndex", "Query", "Unreachable", "open_engine"]
