"""A percentage or a multiple becomes a reading: the share of a sort of cooperatives, or a change."""
import re
from dataclasses import replace

from corpus.counting.amounts import LABEL, MEASURES
from corpus.counting.counts import BRANCHES, STATES, Sentence
from corpus.counting.leads import Lead
from corpus.counting.nouns import ORGANISATIONS, PEOPLE, counted, mentioned
from corpus.counting.numbers import Number
from corpus.counting.qualifiers import qualifier
from corpus.counting.readings import Reading

OF = re.compile(r"\s?(?:(?:trong |trên )?(?:tổng )?số(?: lượng)?\s|các\s|trong\s)?", re.I)
#: "bằng 60% so với cùng kỳ", "62% cùng kỳ": measured by its own older level.
EARLIER = re.compile(r"\s(?:so với |của )?(?:cùng kỳ|năm (?:trước|ngoái)|(?:cuối |đầu )?năm \d{4})", re.I)
RAISED = re.compile(r"(?<!\w)(?:xuống|lên|còn)(?: (?:còn|đến|tới|khoảng|dưới|trên|hơn|gần))*\s*$", re.I)
PLAN = re.compile(r"\s(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu|kh)(?!\w)", re.I)
#: "HTX nông nghiệp chiếm 84%", "tỷ lệ HTX khá, tốt đạt 60%"
SHARED = re.compile(r"(?:,|–|-)?\s?\(?\s?(?:hiện )?(?:chiếm|đạt|là|lên|xuống(?: còn)?|còn|chiếm tỷ lệ|đạt tỷ lệ|bằng|=|tương đương|tỷ lệ"
                    r"|:)?(?: (?:khoảng|trên|hơn|gần))?\s?\(?$", re.I)
#: Behind a share nothing else may be shared: "(25% vốn)" is no share of cooperatives.
ALONE = re.compile(r"\s?(?:$|[,.;:)…–-]|(?:trong |trên )?(?:tổng )?(?:số )?(?:các )?(?:htx|hợp tác xã|tổng)|so với|và"
                   r"|trong khi|còn)", re.I)
MOVED = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|gấp|cao hơn|thấp hơn)(?!\w)", re.I)


def share(number: Number, lead: Lead, sentence: Sentence, before: Reading | None) -> Reading | None:
    """The reading of a percentage or of "1,6 lần"; `before` is the last reading of the sentence."""
    unit = "percent" if number.kind == "percent" else "other"
    reading = Reading(number, "other", unit, number.after, base=sentence.base, stat="share", 
                      why=f"share {sentence.text[number.start:number.end]}")
    if number.kind == "times" or MOVED.search(lead.words) and not RAISED.search(lead.words):
        return _change(reading, lead, before)
    if PLAN.match(sentence.text, number.after, sentence.end):
        return replace(reading, base=before.measure, subset="so với kế hoạch") if before else None
    if before and re.search(r"(?<!\w)bằng(?!\w)", lead.words) and EARLIER.match(sentence.text, number.after, sentence.end):
        return replace(reading, base=before.measure, subset="so với trước")
    return _behind(reading, sentence, before) or _beside(reading, sentence, before) or _in_front(reading, sentence)


def _change(reading: Reading, lead: Lead, before: Reading | None) -> Reading | None:
    if not MOVED.search(lead.words):
        return None
    labels = [label.lastgroup for label in LABEL.finditer(lead.words) if label.lastgroup in MEASURES]
    base = labels[-1] if labels else before.base or before.measure if before else None
    return replace(reading, stat="change", base=base) if base else None


def _behind(reading: Reading, sentence: Sentence, before: Reading | None) -> Reading | None:
    """ "58% HTX xếp loại tốt, khá", "ít nhất 70% hoạt động hiệu quả" """
    text, end = sentence.text, sentence.end
    at = OF.match(text, reading.number.after, end).end()
    noun = counted(text, at, end)
    words = qualifier(text, noun.end if noun else reading.number.after, end)
    if noun and noun.name in PEOPLE:
        return replace(reading, base=noun.name, subset=words.words or None, end=words.end)
    listed = "htx" if before and before.stat == "share" and before.measure.startswith("htx") else None
    name = noun.name if noun else sentence.base or listed
    if name in ORGANISATIONS and words.kind != "whole" and (noun or words.kind in STATES):
        return _sorted(reading, name, words.kind, words.words, words.end)
    return None


def _beside(reading: Reading, sentence: Sentence, before: Reading | None) -> Reading | None:
    """ "241 HTX nông nghiệp (84%)", "241 HTX nông nghiệp, chiếm 84%" """
    if before is None or before.stat != "level" or before.number.kind != "count":
        return None
    at = reading.number.start
    if before.end <= at and not SHARED.fullmatch(sentence.text, before.end, at):
        return None
    if before.measure in ORGANISATIONS:
        return replace(reading, base=before.measure)
    return replace(reading, measure=before.measure, base=before.base, subset=before.subset)


def _in_front(reading: Reading, sentence: Sentence) -> Reading | None:
    """ "HTX nông nghiệp chiếm 84%", "tỷ lệ HTX khá, tốt đạt 60%" """
    text, at = sentence.text, reading.number.start
    nouns = [noun for noun in mentioned(text, sentence.start, at) if noun.name in ORGANISATIONS]
    if not nouns or not ALONE.match(text, reading.number.after, sentence.end):
        return None
    words = qualifier(text, nouns[-1].end, at)
    unsaid = words.kind == "part" and words.end == at - 1       # "hợp tác xã góp 40%"
    if words.kind == "whole" or unsaid or not SHARED.fullmatch(text, words.end, at):
        return None
    return _sorted(reading, nouns[-1].name, words.kind, words.words, reading.end)


def _sorted(reading: Reading, name: str, sort: str, words: str, end: int) -> Reading:
    measure = (STATES | BRANCHES).get(sort, "other") if name == "htx" else "other"
    part = measure == "other"
    return replace(reading, measure=measure, base=name if part else None, subset=words if part else None, end=end)
