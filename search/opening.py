"""Where an index is kept becomes an open engine."""
from pathlib import Path

from search.engine import Engine


class NoIndex(Exception):
    """There is nothing to search yet."""


class OutdatedIndex(Exception):
    """The index was made by another version of the fields or the analysis."""


class Unreachable(Exception):
    """A cluster does not answer."""


def open_engine(where: str | Path) -> Engine:
    """Opens the live generation under `where`, a data folder or a cluster's address.

    Raises NoIndex, OutdatedIndex or Unreachable; each names the command that helps.
    """
    from search.whoosh_engine import WhooshEngine

    return WhooshEngine.open(Path(where))
