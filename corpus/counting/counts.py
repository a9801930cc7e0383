"""A counted number becomes a reading: cooperatives of a sort, groups, funds, members, workers."""
import re
from dataclasses import dataclass, replace

from corpus.counting.leads import Lead
from corpus.counting.nouns import ORGANISATIONS, PEOPLE, UNITS, Noun, counted, mentioned
from corpus.counting.numbers import Number
from corpus.counting.qualifiers import MIDDLING, Qualifier, is_state, kind, qualifier
from corpus.counting.readings import Reading

STATES = {"new": "htx_moi", "dissolved": "htx_giai_the", "good": "htx_kha_tot", "weak": "htx_yeu"}
BODIES = {"qtdnd": "QTDND", "tht": "THT", "lien_hiep_htx": "liên hiệp HTX"}
BRANCHES = {"whole": "htx", "farming": "htx_nong_nghiep", "non_farming": "htx_phi_nong_nghiep"}
BESIDE = re.compile(r"(?:,| và) \d[\d.]*")
PER_HEAD = "bình quân một HTX"
#: The words that count one sort of organisation only: "Quỹ tín dụng nhân dân có 1.181 quỹ".
CLASSIFIED = {"quỹ": "qtdnd", "tổ": "tht"}
GRADES = frozenset(("good", "weak"))
#: "mỗi huyện có trên 40 HTX", "14 HTX này", "chỉ tiêu cả năm là 15 HTX".
EACH = re.compile(r"(?<!\w)(?:mỗi|từng|bình quân một) (?:huyện|xã|phường|thôn|tỉnh|địa phương|thành phố|nơi)(?!\w)[^,;]{0,20}$", re.I)
BEFORE_SAID = re.compile(r"\s(?:này|ấy|đó|nói trên|kể trên|trên)(?!\w)(?! địa bàn| toàn| phạm vi| cả)", re.I)
PLANNED = re.compile(r"(?<!\w)(?:chỉ tiêu|kế hoạch|mục tiêu)(?: (?:cả năm|đề ra|đặt ra|giao|năm))*(?: là)?\s$", re.I)
GOES_ON = frozenset(("raised", "new", "dissolved"))
#: The words of a list that name the next sort, and what they are when they only say when or where.
SORT_IN_FRONT = re.compile(r"(?:^|[,;:(])\s?(?:và |còn |số )?(?P<sort>[^,;:()\d]{2,60}?)\s?(?:(?:có|là|đạt|còn)\s|:\s?)?$", re.I)
FILLING = re.compile(r"(?:\W|(?:nay|đến|tới|hiện|năm|tháng|ngày|quý|cuối|đầu|giữa|hết|tính|vào|thì|đã|chỉ|mới|còn|có|con số|này|số|trong khi|và|nhưng"
                     r"|trước|sau|so với|lên|xuống|tăng|giảm|từ|là|khoảng|toàn|cả|tỉnh|huyện|thành phố|nước|lại|tổng|cộng|thứ|vẫn|thêm|cũng|ước)(?!\w)"
                     r"|(?-i:[A-ZĐÂĂÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ])\w*)*", re.I)
#: "số thành viên 17.000"
NUMBER_OF = re.compile(r"[\s,;]*(?:và |với |còn )?(?:tổng )?số(?: lượng)? (?:htx|hợp tác xã|tht|tổ hợp tác|qtdnd|thành viên|xã viên|lao động)\s", re.I)
LEVELS = frozenset(("level", "raised", "older"))
#: A sort named in front, with nothing else: "; loại khá 118 HTX", ": nông, lâm nghiệp 96 HTX".
GRADED = re.compile(r"(?:^|[:;,(])\s*(?:và |còn )?(?:số |có )?(?:htx |hợp tác xã )?(?P<grade>(?:xếp )?loại (?:tốt|khá|giỏi|trung bình|yếu|kém)(?:,? (?:và )?(?:tốt|khá|giỏi|yếu|kém))?"
                    r"|(?:lĩnh vực |ngành )?(?:phi )?nông(?:, lâm(?:, ngư| ngư)?)?(?: nghiệp)?(?:(?:,| và) (?:lâm nghiệp|thủy sản))*)"
                    r"\s(?:có |là |: ?)?$", re.I)

#: "bình quân mỗi HTX có 45 thành viên", "1 HTX": an average, or no count at all.
AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình|mỗi|cứ)(?!\w)[^,;]{0,30}$", re.I)
PER_COOPERATIVE = re.compile(r"\s?/\s?(?:1 )?(?:htx|hợp tác xã|tht)", re.I)
#: Members of something else than a cooperative.
OTHER_BODY = re.compile(r"(?:của |trong )?(?:ban|hội|hđqt|bch|tổ(?! hợp tác)|đoàn|đội|câu lạc bộ|clb|công ty|gia đình"
                        r"|ủy ban|uỷ ban|chính phủ|liên minh|nhóm|quốc hội|mạng lưới|uỷ viên|tham dự)(?!\w)", re.I)
#: "32 HTX trong tỉnh ký cam kết": so many do something; it is not said that there are so many.
ACTING = re.compile(r"\s\w+(?:\s\w+)?(?: (?:trong|của|trên|ở|tại|thuộc)[^,;.:]{1,40}?)? (?:ký|tham gia|tham dự|được|đã"
                    r"|nhận|cùng|dự|về|đến|sẽ|vừa|bị|phải)(?!\w)", re.I)
#: "một hợp tác xã 33 thành viên"
ENDS_IN_ONE = re.compile(r"(?<!\w)(?:htx|hợp tác xã)\s$", re.I)
SINGLED_OUT = re.compile(r"(?:được|đã|qua|là|mất|bị|vay|uỷ quyền|ủy quyền|chưa|có (?!việc))(?!\w)", re.I)
#: "322 HTX với 12.300 thành viên phải …": all of theirs, whatever is told of them.
TOGETHER = re.compile(r"\s?(?:với|cùng|gồm|quy tụ|thu hút|tập hợp)\s(?:tổng (?:số|cộng)\s)?$", re.I)
SORT_OF_PEOPLE = re.compile(r"(?:là |nữ|trẻ|thường xuyên|thời vụ|mới|người|dân tộc|nghèo|được|mất|bị|vay|khác|đồng bào|thuộc|chưa|có )", re.I)
AT_WORK = re.compile(r"(?:nuôi|trồng|canh tác|sản xuất|chăn nuôi|chuyên|cùng|ai cũng|phải)(?!\w)", re.I)
FOUNDERS = re.compile(r"(?:cùng |đã |tham gia )*(?:góp(?: vốn)?|sáng lập|ban đầu|đăng ký)", re.I)
#: "thành viên HTX", "lao động trong các HTX": all of them.
OF_COOPERATIVES = re.compile(r"(?:(?:chính thức|tham gia|làm việc|trong|của|là|các|khu vực|thuộc)\s)*(?:htx|hợp tác xã"
                             r"|tht|tổ hợp tác|kttt|kinh tế tập thể|chính thức)(?:,? (?:và )?(?:tht|tổ hợp tác))?", re.I)
#: A branch named in front: "lĩnh vực phi nông nghiệp có 129 HTX".
TOPIC = re.compile(r"(?:lĩnh vực|khối|nhóm|ngành|loại hình|về)\s(?P<topic>(?!.{0,50}(?:cho (?:hay|biết)|tỉnh|huyện|cuối|đến))[^,;:.\d]{2,60}?)\s?(?:(?:hiện |đang |đã "
                   r"|chỉ )*(?:có|là|với|đạt|còn|gồm)|:)\s?(?:\w+\s){0,2}$", re.I)
#: "con số HTX nông nghiệp mới là 10.339": so many only, not new ones.
BARELY = re.compile(r"(?<=\w)(?<!lập)(?<!triển)(?<!đời)(?<!ký)\s(?:mới|chỉ)$", re.I)
LABEL_END = re.compile(r"\s?(?:(?:hiện|đang|đã|chỉ|đạt|là|có|lên|được|ước|tăng|còn|gồm|:|đến|với|chiếm|con số|này)\s?)*$", re.I)
#: What a sentence begins with, when it counts those who take part in something.
OCCASION = re.compile(r"^\W*(?:tham gia|tham dự|qua (?:khảo sát|kiểm tra|thanh tra)|tại (?:hội chợ|hội nghị|hội thi"
                      r"|lễ)(?![^\n]*(?:cho biết|toàn|hiện))|đến dự)", re.I)
#: A label that ends in a copula, what may follow a number without a noun, and how a newer level follows an older one.
LABELLED = re.compile(r"(?:(?:là|đạt|có|lên|còn|chiếm|con số(?: này)?)\s|:\s?)$", re.I)
LEVEL_END = re.compile(r"\s?(?:$|[,.;:)…]|nhưng|song|so với|vào|thì|trong khi|năm \d{4}|\()", re.I)
RAISED = re.compile(r"\s(?:(?:năm \d{4}|vào \w+ \d{4})\s)?(?:lên|xuống|đến|tới|còn|thành)(?!\w)", re.I)
NEXT_NUMBER = re.compile(r"\d[\d.,]*(?= )")
LONGEST_GAP = 60    # characters in which the next number stands
#: "Số HTX có doanh thu trên 5 tỷ đồng là 18 HTX": the words in front say which are counted.
THRESHOLD = re.compile(r"(?:số|những) (?:htx|hợp tác xã) (?:có|đạt) (?!tổng"
                       r"|bình quân)[^,;\n]{3,80}? là(?: \S{1,12}){1,4} ?$", re.I)
YEARLY = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng) năm(?!\w)", re.I)
#: Words by which a list of parts comes back to all of them.
ALL = re.compile(r"(?<!\w)(?:toàn|cả|tổng số|tổng cộng|trong đó|tỉnh)(?!\w)", re.I)
#: A transport department speaks of transport cooperatives.
SPEAKER = {"vận tải": re.compile(r"(?<!\w)(?:sở|bộ) (?:gtvt|giao thông)", re.I)}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is known when a number is reached: the words since the last one, and what that one counted."""
    text: str
    start: int
    end: int
    base: str | None = None     # what was counted last, as a measure: "htx"
    told: str | None = None     # what was told of it
    part: str | None = None     # which part of it
    average: bool = False       # what was told last is told of one of them
    several: bool = False       # whether more than one sort of organisation was counted


def count(number: Number, lead: Lead, sentence: Sentence) -> Reading | None:
    """The reading of a number that is neither an amount nor a share; None where it counts something else."""
    noun = counted(sentence.text, number.after, sentence.end)
    told = lead.told or _told_before(number, lead, sentence)
    if noun is None:
        return _elliptic(number, lead, told, sentence)
    words = _borrowed(sentence, noun) or qualifier(sentence.text, noun.end, sentence.end)
    if noun.name in ORGANISATIONS:
        return organisations(number, noun, words, told, lead, sentence)
    if noun.name in PEOPLE:
        return _people(number, noun.name, words, told, lead, sentence)
    if noun.name == "nguoi":
        return _labelled_people(number, noun, told, lead, sentence)
    return _same(number, noun, words, told, lead, sentence)


def _told_before(number: Number, lead: Lead, sentence: Sentence) -> str:
    """What is told of a number when no word in front of it says so: the same as of the last one in a list."""
    if sentence.told is None and ACTING.match(sentence.text, number.after, sentence.end):
        return "part"
    if NUMBER_OF.fullmatch(lead.words) or GRADED.search(lead.words):
        return "level"
    if lead.link:
        return sentence.told or "level"
    return "level" if _named_in_front(lead.words) else "part"


def _named_in_front(words: str) -> bool:
    """ "HTX nông nghiệp 245 HTX": the noun and its qualifier, and nothing else, stand in front of the number as well."""
    nouns = [noun for noun in mentioned(words, 0, len(words)) if noun.name in ORGANISATIONS]
    return bool(nouns) and not words[qualifier(words, nouns[-1].end, len(words)).end:].strip()


def _borrowed(sentence: Sentence, noun: Noun) -> Qualifier | None:
    """ "88 HTX và 40 THT ngừng hoạt động": a state told once, behind the second noun, is that of the first as well."""
    beside = BESIDE.match(sentence.text, noun.end, sentence.end)
    other = counted(sentence.text, beside.end(), sentence.end) if beside and noun.name in ORGANISATIONS else None
    if other is None or other.name not in ORGANISATIONS:
        return None
    words = qualifier(sentence.text, other.end, sentence.end)
    return replace(words, start=noun.end, end=noun.end) if is_state(words.words) else None


def organisations(number: Number, noun: Noun, words: Qualifier, told: str, lead: Lead,
                  sentence: Sentence) -> Reading | None:
    """So many cooperatives, groups or funds, of the sort that the words about them single out."""
    if number.value == 1 and (AVERAGE.search(lead.words) or told == "part"):
        return None
    if EACH.search(lead.words):
        return None
    if BEFORE_SAID.match(sentence.text, noun.end, sentence.end):
        told = "part"
    elif sentence.told in STATES and PLANNED.search(lead.words):
        told = sentence.told
    name, end = noun.name, max(words.end, noun.end)
    reading = Reading(number, "other", UNITS.get(name, "other"), end, words.words or None, name,
                      older=told == "older", told=told, why=f"number {sentence.text[number.start:noun.end]}")
    if name == "to_chuc":
        return replace(reading, subset="tổ chức kinh tế tập thể", base=None)
    if told == "change" and words.kind != "new":
        return replace(reading, stat="change", subset=None)
    sort, part = _sort(words, lead, sentence, sentence.base == name)
    if noun.shared and sort in BRANCHES and "liên hiệp" not in noun.shared.lower():
        return replace(reading, subset=f"gồm cả {noun.shared}")
    measure = _measure(name, sort, told, lead.within and sentence.base == name, lead.told == "part")
    plain = measure != "other" and sort in BRANCHES and measure not in STATES.values()
    if measure in STATES.values() and YEARLY.search(lead.words):
        part = ", ".join(filter(None, (part, "mỗi năm")))
    return replace(reading, measure=measure, base=name if measure == "other" else None, subset=None if plain else part)


def _sort(words: Qualifier, lead: Lead, sentence: Sentence, same: bool) -> tuple[str, str | None]:
    """Which part is counted: as the words behind the noun say, else those in front of it, else who speaks.
    `same`: the number counts the same thing as the one before."""
    if words.kind != "whole":
        return words.kind, words.words
    topic = TOPIC.search(lead.words)
    branch = kind(f"lĩnh vực {topic['topic']}") if topic and "kinh tế" not in topic["topic"] else "whole"
    if branch != "whole":
        return branch, topic["topic"]
    label = _label(lead.words)
    if label and label[1] != "whole":
        return label[1], label[2]
    graded = GRADED.search(lead.words)
    if graded:
        return kind(graded["grade"]), graded["grade"]
    if sentence.part is not None and same and not is_state(sentence.part) and not ALL.search(lead.words):
        return "part", sentence.part
    text, start, end = sentence.text, sentence.start, sentence.end
    if THRESHOLD.search(text, start, words.start) or OCCASION.match(text[start:end]):
        return "part", None
    spoken = next((part for part, who in SPEAKER.items() if who.search(text, start, end)), None)
    return ("part", spoken) if spoken else ("whole", None)


def _label(words: str, names: frozenset[str] = ORGANISATIONS | PEOPLE) -> tuple[str, str, str] | None:
    """What is counted when it is named in front: "Số HTX nông nghiệp là" → ("htx", "farming", "nông nghiệp")."""
    nouns = [noun for noun in mentioned(words, 0, len(words)) if noun.name in names]
    if not nouns:
        return None
    noun = nouns[-1]
    said = words[noun.end:LABEL_END.search(words).start()] if noun.end < len(words) else ""
    said = BARELY.sub("", said)
    behind = qualifier(said, 0, len(said))
    return noun.name, behind.kind, behind.words


def _measure(name: str, sort: str, told: str, within: bool, handled: bool) -> str:
    """The measure of so many organisations of this sort, of which this is told; those `handled` are not all there are."""
    if name != "htx":
        return name if sort == "whole" and told in LEVELS and not within else "other"
    if sort in STATES:
        return "other" if handled and sort in GRADES else STATES[sort]
    if told in STATES:
        return STATES[told]
    if told not in LEVELS or sort == "whole" and within:
        return "other"
    return BRANCHES.get(sort, "other")


def _people(number: Number, name: str, words: Qualifier, told: str, lead: Lead, sentence: Sentence) -> Reading | None:
    if OTHER_BODY.match(words.words):
        return None
    text, end = sentence.text, words.end
    together = TOGETHER.fullmatch(lead.words) and not SORT_OF_PEOPLE.match(words.words) or told == "level" and AT_WORK.match(words.words)
    if OF_COOPERATIVES.fullmatch(words.words) or FOUNDERS.fullmatch(words.words) or together:
        words = replace(words, kind="whole")
    if ENDS_IN_ONE.search(lead.words):
        told = "level"
    reading = Reading(number, name, "nguoi", end, why=f"number {text[number.start:words.start].strip()}")
    if told == "change" or words.words.lower() == "mới":
        return replace(reading, measure="other", base=name, stat="change")
    earlier = mentioned(text, sentence.start, number.start - len(lead.words)) if lead.within and words.kind == "whole" else ()
    if any(noun.name == name for noun in earlier):
        return replace(reading, measure="other", base=name, subset=lead.words.strip(" ,;") or None)
    if AVERAGE.search(lead.words) or sentence.average and lead.link or PER_COOPERATIVE.match(text, end):
        return replace(reading, measure="other", base=name, subset=PER_HEAD)
    singled_out = words.kind != "whole" and (name == "thanh_vien" or SINGLED_OUT.match(words.words))
    if told not in LEVELS or singled_out:
        return replace(reading, measure="other", base=name, subset=words.words or None)
    return replace(reading, subset=words.words if words.kind != "whole" else of_part(sentence), older=told == "older")


def of_part(sentence: Sentence) -> str | None:
    """Whose members or money are told, when only a part of the cooperatives was counted before."""
    if sentence.part:
        return f"HTX {sentence.part}"
    return None if sentence.several or sentence.base is None else BODIES.get(sentence.base)


def _labelled_people(number: Number, noun: Noun, told: str, lead: Lead, sentence: Sentence) -> Reading | None:
    """ "Tổng số thành viên là 12.000 người" """
    label = _label(lead.words, PEOPLE)
    if label is None:
        return None
    words = Qualifier(label[1], label[2], noun.end, noun.end)
    return _people(number, label[0], words, "level" if lead.told is None else told, lead, sentence)


def _same(number: Number, noun: Noun, words: Qualifier, told: str, lead: Lead, sentence: Sentence) -> Reading | None:
    """ "trong đó 12 đơn vị làm hoa": a word that stands for what was counted before."""
    named = CLASSIFIED.get(sentence.text[noun.start:noun.end].lower())
    if named and any(one.name == named for one in mentioned(lead.words, 0, len(lead.words))):
        return organisations(number, Noun(named, noun.start, noun.end), words, told, lead, sentence)
    if sentence.base not in ORGANISATIONS or not (lead.link or lead.within or told in GOES_ON):
        return None
    stands_for = Noun(sentence.base, noun.start, noun.end)
    within = lead.link or lead.within
    return organisations(number, stands_for, words, "level" if told == "change" else told, replace(lead, within=within), sentence)


def _elliptic(number: Number, lead: Lead, told: str, sentence: Sentence) -> Reading | None:
    """A number without a noun: "từ 200 lên 264 HTX", "HTX nông nghiệp: 241", "chỉ hơn 3.000 hoạt động hiệu quả"."""
    words = qualifier(sentence.text, number.after, sentence.end)
    if sentence.base == "htx" and told in STATES and LEVEL_END.match(sentence.text, number.after, sentence.end):
        return organisations(number, Noun("htx", number.start, number.end), replace(words, words="", kind="whole"), told, lead, sentence)
    if sentence.base == "htx" and words.kind in STATES and (lead.link or lead.within or told in LEVELS):
        return organisations(number, Noun("htx", number.start, number.end), words, told, lead, sentence)
    sort = _named_sort(number, lead, sentence)
    if sort:
        return organisations(number, Noun("htx", number.start, number.end), sort, "level", lead, sentence)
    label = _label(lead.words) if told == "older" or LABELLED.search(lead.words) or NUMBER_OF.fullmatch(lead.words) else None
    name = _unsaid(number, label, told, sentence)
    nothing = Qualifier("whole", "", number.after, number.after)
    if name in ORGANISATIONS:
        return organisations(number, Noun(name, number.start, number.end), nothing, told, lead, sentence)
    if name in PEOPLE:
        said = replace(nothing, kind=label[1], words=label[2]) if label else nothing
        return _people(number, name, said, told, lead, sentence)
    return None


def _named_sort(number: Number, lead: Lead, sentence: Sentence) -> Qualifier | None:
    """ ": tốt 48, khá 160", ", thương mại dịch vụ là 41": the words in front name a sort of what was counted before."""
    if sentence.base != "htx" or lead.link or not LEVEL_END.match(sentence.text, number.after, sentence.end):
        return None
    graded = GRADED.search(lead.words)
    if graded:
        return Qualifier(kind(graded["grade"]), graded["grade"], number.after, number.after)
    said = SORT_IN_FRONT.search(lead.words)
    words = said["sort"].strip() if said else ""
    if not words or FILLING.fullmatch(words) or mentioned(words, 0, len(words)):
        return None
    sort = kind(words)
    copula = LABELLED.search(lead.words) is not None
    if sort in ("whole", *BRANCHES) and not copula or sort == "part" and not (copula or MIDDLING.fullmatch(words)):
        return None
    return Qualifier("part" if sort == "whole" else sort, words, number.after, number.after)


def _unsaid(number: Number, label: tuple[str, str, str] | None, told: str, sentence: Sentence) -> str | None:
    """What a number without a noun counts: what is named in front of it, what the next number counts, or the last."""
    text, at, end = sentence.text, number.after, sentence.end
    if told == "older" and RAISED.match(text, at, end):
        return label[0] if label else _next(text, at, end) or sentence.base
    if told not in LEVELS or not LEVEL_END.match(text, at, end):
        return None
    return label[0] if label else _next(text, at, end) or sentence.base


def _next(text: str, start: int, end: int) -> str | None:
    """What the next number of the sentence counts: "năm 2016 chỉ có 180, nay đã là 284 HTX"."""
    following = NEXT_NUMBER.search(text, start, min(end, start + LONGEST_GAP))
    noun = counted(text, following.end(), end) if following else None
    return noun.name if noun else None
