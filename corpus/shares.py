"""A percentage or a multiple becomes a reading: the share of a sort of cooperatives, or a change."""
import re
from dataclasses import replace

from corpus.amounts import LABEL, MEASURES
from corpus.counts import STATES, BRANCHES, Sentence
from corpus.leads import Lead
from corpus.nouns import ORGANISATIONS, PEOPLE, counted, mentioned
from corpus.numbers import Number
from corpus.qualifiers import qualifier
from corpus.readings import Reading

OF = re.compile(r"\s?(?:(?:trong |trên )?(?:tổng )?số(?: lượng)?\s|các\s|trong\s)?", re.I)
PLAN = re.compile(r"\s(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu|kh)(?!\w)", re.I)
#: "HTX nông nghiệp chiếm 84%", "tỷ lệ HTX khá, tốt đạt 60%"
SHARED = re.compile(r"(?:,|–|-)?\s?\(?\s?(?:hiện )?(?:chiếm|đạt|là|lên|chiếm tỷ lệ|đạt tỷ lệ|bằng|=|tương đương|tỷ lệ|:)?(?: (?:khoảng|trên|hơn|gần))?\s?\(?$", re.I)
#: Behind a share nothing else may be shared: "(25% vốn)" is no share of cooperatives.
ALONE = re.compile(r"\s?(?:$|[,.;:)…–-]|(?:trong |trên )?(?:tổng )?(?:số )?(?:các )?(?:htx|hợp tác xã|tổng)|so với|và|trong khi|còn)", re.I)
MOVED = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|gấp|cao hơn|thấp hơn)(?!\w)", re.I)


def share(number: Number, lead: Lead, sentence: Sentence, before: Reading | None) -> Reading | None:
    """The reading of a percentage or of "1,6 lần"; `before` is the last reading of the sentence."""
    reading = Reading(number, "other", "percent" if number.kind == "percent" else "other", number.after, base=sentence.base,
                      stat="share", why=f"share {sentence.text[number.start:number.end]}")
    if number.kind == "times" or MOVED.search(lead.words):
        return _change(reading, lead, before)
    if PLAN.match(sentence.text, number.after, sentence.end):
        return replace(reading, base=before.measure, subset="so với kế hoạch") if before else None
    return _behind(reading, sentence) or _in_front(reading, lead, sentence, before)


def _change(reading: Reading, lead: Lead, before: Reading | None) -> Reading | None:
    if not MOVED.search(lead.words):
        return None
    label = None
    for label in LABEL.finditer(lead.words):
        pass
    base = label.lastgroup if label and label.lastgroup in MEASURES else before.base or before.measure if before else None
    return replace(reading, stat="change", base=base) if base else None


def _behind(reading: Reading, sentence: Sentence) -> Reading | None:
    """ "58% HTX xếp loại tốt, khá", "ít nhất 70% hoạt động hiệu quả" """
    text, end = sentence.text, sentence.end
    at = OF.match(text, reading.number.after, end).end()
    noun = counted(text, at, end)
    words = qualifier(text, noun.end if noun else reading.number.after, end)
    if noun and noun.name in PEOPLE:
        return replace(reading, base=noun.name, subset=words.words or None, end=words.end)
    if noun and noun.name in ORGANISATIONS and words.kind != "whole" or noun is None and sentence.base in ORGANISATIONS and words.kind in STATES:
        return _sorted(reading, noun.name if noun else sentence.base, words.kind, words.words, words.end)
    return None


def _in_front(reading: Reading, lead: Lead, sentence: Sentence, before: Reading | None) -> Reading | None:
    """ "HTX nông nghiệp chiếm 84%", "241 HTX nông nghiệp (84%)" """
    text, at = sentence.text, reading.number.start
    if before and (before.end > at or SHARED.fullmatch(text, before.end, at)) and before.stat == "level" and before.number.kind == "count":
        if before.measure in ORGANISATIONS:
            return replace(reading, base=before.measure)
        return replace(reading, measure=before.measure, base=before.base, subset=before.subset)
    nouns = [noun for noun in mentioned(text, sentence.start, at) if noun.name in ORGANISATIONS]
    if not nouns:
        return None
    words = qualifier(text, nouns[-1].end, at) if ALONE.match(text, reading.number.after, sentence.end) else None
    if words is None or words.kind == "whole" or not SHARED.fullmatch(text, words.end, at) or words.kind == "part" and words.end == at - 1:
        return None
    return _sorted(reading, nouns[-1].name, words.kind, words.words, reading.end)


def _sorted(reading: Reading, name: str, sort: str, words: str, end: int) -> Reading:
    measure = (STATES | BRANCHES).get(sort, "other") if name == "htx" else "other"
    return replace(reading, measure=measure, base=name if measure == "other" else None, subset=words if measure == "other" else None, end=end)
