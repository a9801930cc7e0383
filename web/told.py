"""What was derived from an article becomes rows a reader can check: the value, how it was read, the words that decided."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.document import Document
from corpus.evidence import Evidence
from corpus.figures import Figure
from index import fields
from web.language import Language
from web.reading import Reading, Span

BASES = {
    "dateline": "dòng ngày tháng ở đầu bài", "JSON-LD": "dữ liệu JSON-LD của trang", "meta": "thẻ meta của trang",
    "the day that the report begins with": "ngày mà bài mở đầu",
    "the only year of a report on a part of it": "năm duy nhất mà bài nói đến",
    "time": "thẻ thời gian của trang", "URL": "địa chỉ trang", "given": "người đưa dữ liệu cho biết",
    "relative to the clock of the page": "tính từ đồng hồ của trang", "newest period reported": "kỳ số liệu mới nhất trong bài",
    "the year between two terms of office": "năm giữa hai nhiệm kỳ",
    "named": "tên được nêu", "district": "tên huyện", "commune": "tên xã, phường",
    "landmark": "địa danh", "former province": "tên tỉnh cũ", "paper mark": "ký hiệu của báo", "publisher's domain": "tên miền của báo", "source name": "tên báo",
    "code": "số hiệu", "number and issuer": "số và cơ quan ban hành",
    "number": "số", "date": "ngày ban hành", "age": "thời gian ban hành", "term": "khóa", "plenum": "hội nghị Trung ương",
    "subject": "chủ đề", "words around it": "từ ngữ xung quanh", "words of the text": "từ ngữ trong bài", "its pair": "nghị quyết đi cùng",
    "a fuller mention": "chỗ nêu đầy đủ hơn", "issuer": "cơ quan ban hành",
}
MEASURES = {
    "htx": "Hợp tác xã", "htx_moi": "HTX thành lập mới", "htx_giai_the": "HTX giải thể", "htx_kha_tot": "HTX khá, tốt",
    "htx_yeu": "HTX yếu", "htx_nong_nghiep": "HTX nông nghiệp", "htx_phi_nong_nghiep": "HTX phi nông nghiệp",
    "lien_hiep_htx": "Liên hiệp HTX", "tht": "Tổ hợp tác", "qtdnd": "Quỹ tín dụng nhân dân", "thanh_vien": "Thành viên",
    "lao_dong": "Lao động", "doanh_thu_bq": "Doanh thu", "lai_bq": "Lãi", "thu_nhap_bq": "Thu nhập",
    "von_dieu_le": "Vốn điều lệ", "von_hoat_dong": "Vốn hoạt động", "other": "Số khác",
}
UNITS = {"htx": "HTX", "lhhtx": "liên hiệp", "tht": "tổ", "nguoi": "người", "vnd": "đồng", "vnd_nam": "đồng/năm",
         "vnd_thang": "đồng/tháng", "percent": "%", "other": ""}
MODIFIERS = {"over": "hơn", "under": "dưới", "approx": "khoảng"}


@dataclass(frozen=True, slots=True)
class Told:
    label: str              # "Tỉnh"
    text: str               # "Điện Biên"
    facet: str | None       # under which it is a filter
    value: str
    how: str                # "tên huyện"
    quote: str | None       # the words that decided
    anchor: str | None      # of the sentence with them; None where they stand outside the text
    inferred: bool = False
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A figure to read."""
    measure: str
    number: str
    where: str
    when: str
    notes: tuple[str, ...]
    anchor: str | None


def told(document: Document, reading: Reading, _: Language) -> Iterator[Told]:
    article = document.article
    text = article.text
    if article.published:
        day = date.fromisoformat(article.published.value)
        yield _told(article.published, _("Ngày đăng"), _.day(day), None, text, reading, _)
    for label, facet, found in ((_("Năm"), "year", (document.year,) if document.year else ()),
                                (_("Tỉnh, thành"), "province", document.provinces), (_("Nghị quyết"), "resolution", document.resolutions)):
        for evidence in found:
            yield _told(evidence, label, _(fields.label(facet, evidence.value)), facet, text, reading, _)
    for evidence in document.other_resolutions:
        yield _told(evidence, _("Văn bản khác"), evidence.value, None, text, reading, _)


def _told(evidence: Evidence, label: str, shown: str, facet: str | None, text: str, reading: Reading, _: Language) -> Told:
    quote = evidence.quote if evidence.start is None else text[evidence.start:evidence.end]
    among = tuple(fields.label("resolution", value) for value in evidence.among)
    return Told(label, shown, facet, evidence.value, basis(evidence.basis, _), quote, reading.anchor(evidence.start),
                evidence.inferred, among)


def basis(text: str, _: Language) -> str:
    """"number, term and subject" → "số, khóa, chủ đề"; English as it was said."""
    if _.code == "en":
        return text
    if text in BASES:
        return BASES[text]
    return ", ".join(BASES.get(part, part) for part in text.replace(" and ", ", ").split(", "))


def proofs(document: Document) -> Iterator[Span]:
    """Where in the text the derived values were read."""
    alone = filter(None, (document.article.published, document.year))
    for evidence in (*alone, *document.provinces, *document.resolutions, *document.other_resolutions):
        if evidence.start is not None and evidence.end is not None:
            yield evidence.start, evidence.end
    yield from ((figure.start, figure.end) for figure in document.figures)


def figures(document: Document, reading: Reading, _: Language) -> list[Row]:
    return [_row(figure, reading, _) for figure in document.figures]


def _row(figure: Figure, reading: Reading, _: Language) -> Row:
    period = "–".join(dict.fromkeys(map(_.moment, (figure.period or "").split("/"))))
    notes = (_("mục tiêu") if figure.target else "", figure.subject or "", figure.subset or "", period,
             {"share": _("tỉ lệ"), "change": _("mức thay đổi")}.get(figure.stat, ""))
    number = " ".join(filter(None, (_(MODIFIERS.get(figure.modifier or "", "")), _.amount(figure.value), _(UNITS.get(figure.unit, figure.unit)))))
    return Row(_(MEASURES.get(figure.measure, figure.measure)), number, figure.place or "",
               _.moment(figure.as_of or ""), tuple(filter(None, notes)), reading.anchor(figure.start))
