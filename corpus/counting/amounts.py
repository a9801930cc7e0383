"""An amount of đồng becomes a reading: capital, revenue, profit, income; nothing where it is a price, a loan, a cost."""
import re
from dataclasses import replace

from corpus.counting.counts import Sentence, of_part
from corpus.counting.leads import Lead
from corpus.counting.numbers import Number
from corpus.counting.readings import Reading

#: What an amount is of, when the nearest of these in front of it says so. "nothing" are the words that take it away.
_LABELS = {
    "lai_bq": r"chênh lệch thu(?: nhập)?\s?[-–]\s?chi(?: phí)?|lợi nhuận(?: (?:trước|sau) thuế)?|lợi nhận"
              r"|(?<!gốc )(?<!lẫn )(?<!gốc và )(?<!nợ )(?<!không )lãi(?! suất| vay)|mức lãi",
    "thu_nhap_bq": r"thu nhập|tiền lương|tiền công|mức lương|(?:hưởng|trả|có|lương) (?:mức )?lương|lương bình quân|lương(?! thực| tâm| khô)"
                  r"|(?:lao động|thành viên|xã viên|công nhân)(?: (?:thường xuyên|thời vụ|làm việc))? (?:nhận|được trả|lĩnh)",
    "doanh_thu_bq": r"doanh thu|doanh số",
    "von_dieu_le": r"(?:tổng (?:số )?)?vốn (?:điều lệ|góp|đăng ký)",
    "nothing": r"(?:vay|cho vay|hỗ trợ|tiếp cận|huy động|góp|đầu tư) vốn|vốn (?:vay|đầu tư|hỗ trợ|sự nghiệp|ngân sách"
               r"|tín dụng|đối ứng|cố định|chủ sở hữu|tích lũy|huy động|cho vay|oda)|nguồn vốn (?:hỗ trợ|từ|vay|cho"
               r"|của quỹ)"
               r"|giá(?! trị)|đơn giá|chi phí|vay|hỗ trợ|kinh phí|nợ|thuế|nộp|phí|trị giá|giá trị|ngân sách|giải ngân"
               r"|dư nợ|tài sản|thưởng|phạt|tín dụng(?! nhân dân)"
               r"|đầu tư|mua|huy động|trích|thiệt hại|kim ngạch|tiết kiệm|quỹ hỗ trợ|quỹ (?:dự phòng|tương trợ)|lãi suất"
               r"|lãi vay|không lãi|lương thực|lương tâm",
    "von_hoat_dong": r"(?:tổng (?:số |nguồn )?|số |nguồn )?vốn(?: hoạt động| lưu động| sản xuất| kinh doanh)*",
    "von_gop": r"góp(?! phần)",
}
MEASURES = frozenset(_LABELS) - {"nothing", "von_gop"}
LABEL = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + r")(?!\w)", re.I)
#: "với 650 tỷ đồng vốn điều lệ"
BEHIND = re.compile(r"\s(?:tiền )?(?:(?P<von_dieu_le>vốn điều lệ|(?:để )?(?:thành )?lập)"
                    r"|(?P<von_hoat_dong>vốn(?: hoạt động| lưu động)?(?! vay| đầu tư| hỗ trợ))"
                    r"|(?P<doanh_thu_bq>(?:là )?doanh thu)|(?P<thu_nhap_bq>là (?:mức )?thu nhập))(?!\w)", re.I)
AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình|(?:mỗi|1|một) (?:htx|hợp tác xã)|trên htx)(?!\w)", re.I)
COOPERATIVES = frozenset(("htx", "hợp tác xã"))
OTHER_BODIES = {"tổ hợp tác": "THT", "tht": "THT", "tổ": "THT", "qtdnd": "QTDND", "quỹ": "QTDND", "quỹ tín dụng": "QTDND",
                "quỹ tín dụng nhân dân": "QTDND", "lhhtx": "liên hiệp HTX", "liên hiệp": "liên hiệp HTX",
                "liên hiệp htx": "liên hiệp HTX", "liên hiệp hợp tác xã": "liên hiệp HTX"}
#: Units of land and goods: "5 triệu đồng/ha" is no figure about cooperatives.
GOODS = frozenset(("ha", "kg", "sào", "tấn", "lít", "vụ", "ngày", "hộ"))
HEADS = frozenset(("người", "đầu người", "lao động", "thành viên", "xã viên"))
#: Whose income it is, when it is not that of members and workers.
OTHERS = re.compile(r"(?<!\w)(?:đầu người|hội viên|cán bộ|công chức|giáo viên|dân cư|grdp|khách|tỉnh|huyện"
                    r"|xã)(?!\w)(?! viên)", re.I)
#: A company's workers are not ours.
COMPANY = re.compile(r"(?<!\w)(?:doanh nghiệp|công ty|tập đoàn|xí nghiệp|nhà máy)(?!\w)", re.I)
MEMBERS = re.compile(r"(?<!\w)(?:htx|hợp tác xã|thành viên|xã viên)(?!\w)", re.I)
SUPPORT = re.compile(r"quỹ hỗ trợ|vốn hỗ trợ", re.I)
OWNERS = re.compile(r"(?<!\w)(?:người dân|bà con|nông dân|(?<!\d )hộ(?! thành viên| xã viên)|nông hộ|gia đình|doanh nghiệp"
                    r"|công ty|ngân hàng|tập đoàn|trang trại)(?!\w)", re.I)
STAFF = re.compile(r"(?<!\w)(?:cán bộ|giám đốc|ban quản trị|kế toán|quản lý)(?!\w)", re.I)
#: "26 HTX có doanh thu trên 1 tỷ đồng": the amount says which are counted.
THRESHOLD = re.compile(r"(?:số|những|\d|%|nhiều|có)\s(?:htx|hợp tác xã)(?:\s\w+){0,3}\s(?:có|đạt)(?: mức| tổng)?\s$", re.I)
SOME = re.compile(r"(?<!\w)(?:có|một số|nhiều) (?:htx|hợp tác xã)(?: (?:có|đạt|lãi|thu|được)){0,2}\s?(?:mức |khoảng |trên |hơn |gần |dưới )*$", re.I)
#: "HTX có doanh thu trên 10 tỷ đồng chiếm 8%"
SHARED = re.compile(r"(?: mỗi năm|/năm)?(?: trở lên)? (?:chiếm|là \d|có \d)", re.I)
#: A new clause with words of its own does not go on with the label of the one before.
OWN_CLAUSE = re.compile(r";(?=[^;]*[^\W\d_]{2})")
BEFORE_LABEL = 50     # characters in front of a label in which its owner may stand
OURS = re.compile(r"(?<!\w)(?:htx|hợp tác xã|thành viên|xã viên|người lao động|lao động|công nhân)(?!\w)", re.I)
CHANGE = re.compile(r"(?<!\w)(?!tăng từ|giảm từ|(?:tăng |giảm )?so với(?: mức)? $)(?:tăng|giảm|thêm|cao hơn|hơn|thấp hơn)(?!\w)(?!.{0,40}(?:lên|xuống|còn|đạt"
                    r"|so với (?:cùng kỳ|năm)))[^,;]{0,20}$", re.I)
LONGEST_LABEL = 120   # characters between a label and its amount
LONGEST_REASON = 60   # characters quoted
SECTOR = re.compile(r"(?:các|mỗi|một|1|trong|trên|thành viên|xã viên|lao động) (?:htx|hợp tác xã)(?!\w)(?! (?-i:[A-ZĐ]))", re.I)
FUNDS, OTHERS_THAN_FUNDS = re.compile(r"qtdnd|quỹ tín dụng", re.I), re.compile(r"htx|hợp tác xã", re.I)
MONTHLY = re.compile(r"(?:hàng|hằng|mỗi) tháng", re.I)
PERIODS = {"tháng": "vnd_thang", "năm": "vnd_nam"}


def amount(number: Number, lead: Lead, sentence: Sentence, before: Reading | None) -> Reading | None:
    """The reading of an amount; `before` is the last amount read in the sentence, whose label may go on."""
    label, at = _label(number, sentence)
    if label is None or GOODS & set(number.per) or label in ("doanh_thu_bq", "lai_bq") and HEADS & set(number.per):
        return None
    text, said = sentence.text, sentence.text[at:number.start]
    before_label = text[max(sentence.start, at - BEFORE_LABEL):at]
    if _of_others(label, before_label, said) or _of_some(number, lead, before_label, sentence):
        return None
    bodies = [OTHER_BODIES[per] for per in number.per if per in OTHER_BODIES]
    reading = Reading(number, label, _unit(number, label, said, before), number.after,
                      subset=of_part(sentence) or _fund(text[sentence.start:number.start]),
                      whose=_whose(number, said, bodies), older=lead.told == "older", told=lead.told, why=f"amount {text[at:number.after].strip()[-LONGEST_REASON:]}")
    if CHANGE.search(lead.words):
        return replace(reading, measure="other", base=label, stat="change")
    if bodies:
        return replace(reading, measure="other", base=label, subset=bodies[0])
    return _averaged(reading, text[max(sentence.start, at - BEFORE_LABEL // 2):number.after], before, sentence.average)


def _of_others(label: str, before: str, said: str) -> bool:
    """Whether an amount is that of people outside, of staff, or a threshold; told by the words before and behind its label."""
    if STAFF.search(said) or THRESHOLD.search(before) or SUPPORT.search(before):
        return True
    if COMPANY.search(before + said) and not MEMBERS.search(before + said):
        return True
    others = OWNERS.search(before + said) or label == "thu_nhap_bq" and OTHERS.search(said)
    return bool(others) and not OURS.search(before + said)


def _of_some(number: Number, lead: Lead, before: str, sentence: Sentence) -> bool:
    """Whether an amount is that of a few of them, or says which are counted."""
    if number.modifier and SHARED.match(sentence.text, number.after, sentence.end) and before.rstrip().lower().endswith((" có", " đạt")):
        return True
    return SOME.search(lead.words) is not None


def _label(number: Number, sentence: Sentence) -> tuple[str | None, int]:
    """The measure an amount is of, and where the words that say so begin."""
    behind = BEHIND.match(sentence.text, number.after, sentence.end)
    start = max(sentence.start, number.start - LONGEST_LABEL)
    last = None
    for last in LABEL.finditer(sentence.text, start, number.start):
        pass
    if behind and (last is None or last.lastgroup in ("nothing", "von_gop")):
        return behind.lastgroup, number.start
    if last is None or last.lastgroup in ("nothing", "von_gop") or OWN_CLAUSE.search(sentence.text, last.end(), number.start):
        return None, number.start
    return last.lastgroup, last.start()


def _averaged(reading: Reading, around: str, before: Reading | None, listed: bool) -> Reading:
    """Revenue and profit are measured as averages, capital as a sum; the other of the two is told apart."""
    measure = reading.measure
    average = listed or bool(AVERAGE.search(around)) or bool(COOPERATIVES & set(reading.number.per))
    if measure in ("von_dieu_le", "von_hoat_dong"):
        return replace(reading, measure="other", base=measure, subset="bình quân một HTX") if average else reading
    if measure in ("doanh_thu_bq", "lai_bq"):
        goes_on = before is not None and before.measure in ("doanh_thu_bq", "lai_bq") and not before.total
        return reading if average or goes_on else replace(reading, total=True)
    return reading


def _unit(number: Number, label: str, said: str, before: Reading | None) -> str:
    told = next((PERIODS[per] for per in number.per if per in PERIODS), None)
    if told or label != "thu_nhap_bq":
        return told or "vnd"
    if MONTHLY.search(said):
        return "vnd_thang"
    return before.unit if before and before.measure == label else "vnd"


def _whose(number: Number, said: str, bodies: list[str]) -> str | None:
    """ "/HTX", "của các HTX", "trong HTX": of the sector, in so many words."""
    return "sector" if COOPERATIVES & set(number.per) or bodies or SECTOR.search(said) else None


def _fund(words: str) -> str | None:
    """Amounts in a sentence that speaks of credit funds only are theirs."""
    return "QTDND" if FUNDS.search(words) and not OTHERS_THAN_FUNDS.search(words) else None
