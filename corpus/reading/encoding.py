"""The bytes of a page become text, in the encoding a browser would have chosen."""
import codecs
import re
from collections import Counter

from corpus.reading import legacy

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta\s[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s{0,99}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.I)
_HEAD = 8192            # browsers look at 1,024 bytes; old portals put their scripts first
_SAMPLE = 65536
_ODD = 0.02             # more broken sequences than this among the foreign bytes: not UTF-8 after all
_VIETNAMESE = re.compile("[ăâđêôơư\u0300\u0301\u0303\u0309\u0323]", re.I)

#: names that browsers read as something else: https://encoding.spec.whatwg.org/#names-and-labels
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "utf-16": "utf-8", "utf-16-le": "utf-8",
            "utf-16-be": "utf-8", "utf-32": "utf-8", "utf-7": "utf-8"}
_OF_PAGES = re.compile(r"(?:utf-8|cp\d{3,4}|iso8859-\d{1,2}|koi8-[ru]|gb\w{1,6}|big5|euc_\w\w|shift_jis|iso2022_jp)$")


def decode(content: bytes, header: str | None = None) -> str:
    """Total: every content gives a text. `header` is the charset that came with the page, if any."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark):].decode(name, "replace")
    declared = _known(header) or _known(_said(content))
    if declared == "utf-8" or _is_utf8(content):
        return _utf8(content)
    if declared and declared != "cp1258":
        return content.decode(declared, "replace")
    return content.decode(_guess(content, declared), "replace")


def _said(content: bytes) -> str | None:
    found = _XML.search(content[:400]) or _META.search(content[:_HEAD])
    return found.group(1).decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """The codec that browsers use under this name; None for one they do not know."""
    try:
        codec = codecs.lookup((name or "").strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(codec, codec if _OF_PAGES.match(codec) else None)


def _is_utf8(content: bytes) -> bool:
    """Foreign letters that fit UTF-8 are UTF-8, whatever the page says: no single-byte text fits by chance."""
    if content.isascii():
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(content) - 4    # a last letter cut in two
    return True


def _utf8(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    foreign = sum(map(text.count, "\ufffd")) and sum(not c.isascii() for c in text)
    if foreign and text.count("\ufffd") > _ODD * foreign:
        return content.decode(_guess(content), "replace")
    return text


def _guess(content: bytes, declared: str | None = None) -> str:
    sample = content[:_SAMPLE]
    if sample.count(0) > len(sample) / 5:
        return "utf-16-be" if sample[:2] and Counter(sample[::2])[0] > Counter(sample[1::2])[0] else "utf-16-le"
    if legacy.reading(sample.decode("cp1252", "replace")):
        return "cp1252"     # the bytes of a font of before Unicode, which are read later
    if declared:
        return declared
    return max(("utf-8", "cp1258", "cp1252"), key=lambda name: _likeness(sample.decode(name, "replace")))


def _likeness(text: str) -> int:
    """How Vietnamese a reading of the bytes looks."""
    return len(_VIETNAMESE.findall(text)) - 3 * text.count("\ufffd")
