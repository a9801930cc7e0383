"""What one number of a sentence is a figure of, before it is known where, when and whose."""
from dataclasses import dataclass

from corpus.counting.numbers import Number


@dataclass(frozen=True, slots=True)
class Reading:
    """A number and what it measures; `end` is behind all words that say so."""
    number: Number
    measure: str
    unit: str
    end: int
    subset: str | None = None   # a part: "HTX vận tải"
    base: str | None = None     # the measure it is a part, a share or a change of
    stat: str = "level"         # level | share | change
    older: bool = False         # the level that a newer one is compared with
    total: bool = False         # the sum of something that is a measure only as an average, or of one cooperative
    whose: str | None = None    # "sector" where the words themselves say so: "/HTX", "trong các HTX"
    told: str | None = None     # what is told of the number: level | new | part …
    why: str = ""
