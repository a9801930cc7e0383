"""The figures that an article reports about cooperatives."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure. The fields are those of the reading rules in README; offsets count code points of `Article.text`."""
    measure: str                    # "htx", "thanh_vien", "doanh_thu_bq", …, "other"
    value: float
    unit: str                       # htx lhhtx tht nguoi vnd vnd_nam vnd_thang percent other
    start: int
    end: int
    sentence: tuple[int, int]       # the sentence around it
    modifier: str | None = None     # over | under | approx
    place: str | None = None        # province at publication, "District, Province", "Việt Nam"
    as_of: str | None = None        # ISO day, month or year
    period: str | None = None       # of a flow: "2023-H1"
    basis_as_of: str | None = None  # the words that date it, or "inferred"
    target: bool = False            # a goal, not a fact
    subject: str | None = None      # the one cooperative it is about; None = the sector
    subset: str | None = None       # a part: "HTX vận tải"
    base: str | None = None         # the measure it is a part of
    stat: str = "level"             # level | share | change
