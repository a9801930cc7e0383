"""Words that ask for a number, and the hits they found, become up to two figures beside each hit."""
import re
from collections.abc import Iterator

from corpus import places
from corpus.figures import Figure
from index.figures import kind, measure, province_of
from index.spelling import fold
from search.engine import Engine
from search.figures import Reported, reported
from search.query import Query
from search.results import Results
from web.cells import amount
from web.language import Language
from web.told import MEASURES, UNITS

MOST = 2
_ASKS = re.compile(r"bao nhieu|tong so|so luong|\bso (?:hop tac xa|htx|tht|to hop tac|lien hiep|quy tin dung|thanh vien|xa vien|lao dong)\b"
                   r"|\bmay (?:hop tac xa|htx|to hop tac|thanh vien|lien hiep)\b")
_NAMED = {      # what is asked for, by words of the question without accents; the first that is there counts
    "thanh vien|xa vien": "thanh_vien", "lao dong": "lao_dong", "doanh thu": "doanh_thu_bq", "thu nhap": "thu_nhap_bq", "lai |loi nhuan": "lai_bq",
    "von dieu le": "von_dieu_le", "von hoat dong": "von_hoat_dong", "quy tin dung|qtdnd": "qtdnd", "to hop tac|\\btht\\b": "tht",
    "lien hiep": "lien_hiep_htx", "giai the": "htx_giai_the", "thanh lap moi": "htx_moi", "hop tac xa|htx": "htx"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def asks(text: str) -> bool:
    """Whether the words ask how many or how much."""
    return bool(_ASKS.search(fold(text.lower())))


def beside(engine: Engine, results: Results) -> dict[str, tuple[Reported, ...]]:
    """Id of a hit → the figures that answer, the best first; nothing where the words ask for none."""
    if not asks(results.query.text):
        return {}
    wanted = _Wanted(results.query)
    return {hit.id: found for hit in results.hits if (found := tuple(_of(engine, hit.id, wanted)))}


class _Wanted:
    """What a question names: measure, provinces, years."""

    def __init__(self, query: Query):
        plain = fold(query.text.lower())
        self.measure = next((name for words, name in _NAMED.items() if re.search(words, plain)), None)
        self.years = frozenset(_YEAR.findall(query.text)) | {value for facet, value in query.chosen if facet == "year"}
        self.provinces = {value for facet, value in query.chosen if facet == "province"} | set(_provinces(query.text))
        self.goals = "muc tieu" in plain or "phan dau" in plain

    def score(self, figure: Figure) -> tuple | None:
        """The larger the better; None for one that answers something else."""
        place, year = province_of(figure.place), (figure.as_of or "")[:4]
        asked = ((self.measure and {self.measure}, measure(figure)), (self.provinces, place), (self.years, year))
        if any(wanted and told not in wanted for wanted, told in asked):
            return None
        return kind(figure) == "whole", figure.target == self.goals, ", " not in (figure.place or ""), figure.as_of or ""


def _provinces(text: str) -> Iterator[str]:
    """Those that two to four neighbouring words of the question name, with or without accents."""
    words = re.findall(r"\w+", text)[:60]
    for size in (2, 3, 4):
        for at in range(len(words) - size + 1):
            if found := places.find_province(" ".join(words[at:at + size])):
                yield found


def _of(engine: Engine, id: str, wanted: _Wanted) -> Iterator[Reported]:
    document = engine.document(id)
    scored = [(wanted.score(figure), -number) for number, figure in enumerate(document.figures)] if document else []
    for _, number in sorted((one for one in scored if one[0] is not None), reverse=True)[:MOST]:
        yield reported(document, -number)


def summary(figure: Figure, _: Language) -> str:
    """"Hợp tác xã: hơn 264 HTX (Điện Biên, 19/11/2021)"."""
    number = " ".join(filter(None, (amount(figure, _), _(UNITS.get(figure.unit, figure.unit)))))
    told = (figure.place, _.moment(figure.as_of or ""), figure.subject or figure.subset, _("mục tiêu") if figure.target else "",
            {"share": _("tỉ lệ"), "change": _("mức thay đổi")}.get(figure.stat))
    where = ", ".join(filter(None, told))
    return f"{_(MEASURES.get(measure(figure), figure.measure))}: {number}" + (f" ({where})" if where else "")
