"""Vietnamese words become keys that sort them from A to Z: Ă after A, Đ after D, tones last."""
import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"     # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_ORDER = {letter: at for at, letter in enumerate(LETTERS)}


def key(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Letters first; of words that differ in tones only, the tones."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text.lower()):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in TONES), "")
        letter = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        letters.append((1, _ORDER[letter]) if letter in _ORDER else (0, ord(letter[0])))
        tones.append(TONES.index(tone) + 1 if tone else 0)
    return letters, tones
