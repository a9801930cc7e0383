"""The words before a name become its part in the sentence: "bán ra" makes a market, "đoàn" a guest, none a subject."""
import re
from dataclasses import dataclass

from corpus.naming.mentions import LEVEL


@dataclass(frozen=True, slots=True)
class Cue:
    """A word before a name that tells its part. The name stands at most `reach` words behind it."""
    role: str
    reach: int
    through: str = "any"            # what may stand between: "any", "way" (needs a word of direction), "noun" (has none)


def _cues(role: str, reach: int, through: str, words: str) -> dict[str, Cue]:
    return {word.strip(): Cue(role, reach, through) for word in words.split(",")}


CUES = {
    **_cues("market", 8, "way",
            "bán, tiêu thụ, xuất khẩu, xuất bán, xuất, cung cấp, cung ứng, phân phối, chở, vận chuyển, giao, gửi, có mặt, "
            "chuyển hàng, đưa hàng, đưa rau, đưa sản phẩm, đưa nông sản, đổ mối, bày bán, chào hàng, đóng hàng, bỏ mối"),
    **_cues("market", 3, "any",
            "đi khắp, phủ khắp, tỏa khắp, tỏa đi, lên kệ, vào kệ, khắp các chợ, có mặt khắp"),
    **_cues("market", 4, "noun",
            "thị trường, cửa khẩu, cảng, chợ, chợ đầu mối, hội chợ, trạm dừng chân, lái buôn"),
    **_cues("market", 5, "any",
            "siêu thị, cửa hàng, đại lý, đơn hàng, quán, quán ăn, nhà hàng, mối hàng, chành, vựa, sạp, bếp ăn"),
    **_cues("way", 1, "noun",
            "sân bay, ga, bến xe, đường, phố, đại lộ, cao tốc, quốc lộ, tuyến, đường sắt, tỉnh lộ, xe khách, tàu, đèo, "
            "sông, suối, hồ, núi, vịnh, biển, đầm, cầu, ngã ba, ngã tư, rạch, kênh, dốc, chùa, hang, thác"),
    **_cues("name", 3, "noun",
            "chiến dịch, chiến thắng, trận, câu lạc bộ, clb, đội bóng, đội tuyển, giải thưởng, huân chương, mang tên, "
            "bảo tàng, khách sạn, giải, cúp, thương hiệu, nhãn hiệu, bia, thủy điện, nhiệt điện"),
    **_cues("institution", 5, "noun",
            "trường, đại học, học viện, cao đẳng, viện, công ty, tập đoàn, ngân hàng, bệnh viện, nhà máy, cty, "
            "công ty cổ phần, doanh nghiệp, vườn ươm, trại giống, trung tâm giống, nhà thầu, phòng thí nghiệm"),
    **_cues("guest", 6, "noun",
            "đoàn, phái đoàn, đại biểu, khách, du khách, khách hàng, thương lái, bạn hàng, chuyên gia, kỹ sư, sinh viên, "
            "thợ, nhà đầu tư, thương nhân, nhà buôn, đối tác, học viên, người mua, đầu nậu, tiểu thương, bạn bè, "
            "đồng nghiệp"),
    **_cues("guest", 3, "any",
            "đến từ"),
    **_cues("attending", 8, "noun",
            "lãnh đạo, đại diện, cán bộ, giám đốc, chủ tịch, các htx, nông dân, liên minh"),
    **_cues("hamlet", 0, "any",
            "thôn, ấp, xóm, khóm, khu phố, tổ dân phố, tiểu khu, đội sản xuất, cụm dân cư"),
    **_cues("training", 6, "way",
            "tập huấn, tốt nghiệp, thực tập, du học, học nghề, học, đào tạo, lớp, dự hội thảo, khóa học, nhận giải, "
            "dự thi, chữa bệnh, khám bệnh"),
    **_cues("past", 7, "way",
            "từng, làm thuê, làm mướn, giúp việc, làm công, công nhân, đi làm, phụ hồ, bươn chải, nghỉ việc, bỏ việc, "
            "làm ăn xa, sinh ra, bỏ phố, thất nghiệp, bỏ lương, bỏ nghề, bỏ mức lương, bỏ công việc, xin nghỉ, rồi làm, "
            "chia tay, nghỉ làm, thợ hồ, thợ xây, thợ may, thợ mộc, tài xế, lái xe, bảo vệ, bốc vác, quân ngũ, đóng quân, "
            "đi lính, nhập ngũ, làm nghề, vốn là, nguyên là"),
    **_cues("past", 2, "any",
            "quê, quê gốc, gốc, người gốc, nguyên quán, rời, rời bỏ, di cư từ, cựu, trở về từ, giã từ"),
    **_cues("comparison", 4, "noun",
            "so với, kém, thua, thua kém, tương tự, giống như, ngon như, ngọt như, thơm như, học theo, theo cách, sánh, "
            "sánh với, hơn, hơn cả, ngang, giống hệt, khác, ví như, lừng danh như, nổi tiếng như, đẹp như, cạnh tranh với"),
    **_cues("origin", 6, "from",
            "mua, nhập, lấy, giống, đặt, thuê, mang, tuyển, nguyên liệu, cây giống, con giống, đặt mua"),
    **_cues("origin", 3, "noun",
            "mời, giống của, cây giống, con giống, tôm giống, cá giống, phong trào ở"),
    **_cues("near", 2, "any",
            "sát, kề, liền kề, giáp, giáp ranh, giáp với, tiếp giáp, cách, cách trung tâm, ranh giới"),
}
#: Words that contain a cue and are none.
SAFE = {
    "môi trường", "nông trường", "hiện trường", "lâm trường", "nhu cầu", "yêu cầu", "toàn cầu", "bờ biển",
    "ven biển", "mía đường", "con đường", "tập đoàn", "tỉnh đoàn", "liên đoàn", "công đoàn", "binh đoàn",
    "học tập", "học hỏi", "học cách", "học kinh nghiệm", "toàn đoàn", "trưởng đoàn", "khoa học", "hơn nữa",
    "hơn một", "kết nối", "tương lai", "hồ sơ", "đoàn viên", "đoàn kết", "đoàn thể", "thành phố", "giải pháp",
    "giải thể", "giải quyết", "giải ngân", "xuất sắc", "xuất hiện", "sản xuất", "đề xuất", "năng xuất",
    "khách quan", "chợ mới", "đầu tư", "tuyến đầu", "lớp người", "cách đây", "cách làm", "bằng cách",
    "phong cách", "tàu cá", "bài học", "hồ tiêu", "hồ điệp", "hồ hởi", "cầu nối", "cầu đường", "giao cho", "bàn giao", "giao lưu", "giao thông", "chuyển giao", "đoàn đbqh",
    "đoàn thanh niên", "đoàn đại biểu quốc hội", "khác nhau", "hàng năm", "hàng loạt", "hàng trăm", "hàng nghìn",
    "hàng chục", "nhập khẩu", "mãng cầu", "tập quán", "quán quân", "báo quán",
}
#: Offices with a cue in them: who holds one speaks for the place.
OFFICES = {
    "đại biểu quốc hội", "đoàn đbqh", "đoàn thanh niên", "đại biểu hđnd", "hội đồng nhân dân", "trưởng đoàn đbqh",
    "tỉnh đoàn", "đoàn tncs", "trường chính trị", "viện kiểm sát", "viện ksnd", "trường đoàn",
}
LAST_WORDS = {phrase.split()[-1] for phrase in (*CUES, *SAFE, *OFFICES)}
WAY = {"sang", "ra", "vào", "cho", "đi", "đến", "tới", "về", "tại", "ở", "lên", "xuống", "qua", "khắp", "tận", "với", "từ", "trong",
       "trên", "dưới"}
STAYING = {"ở", "tại", "cho", "trong", "với", "trên", "dưới"}   # tell a market only from near
FROM = {"từ", "của", "tận", "bên"}
PRODUCE = set("""
vải thiều bưởi cam quýt nhãn lồng na mận đào hồng xoài dừa chè trà phê tiêu điều gạo lúa nếp tỏi hành gừng nghệ miến
mì bún nem mắm muối cá tôm cua gà vịt lợn heo bò dê trâu ong sâm quế hồi nấm rau hoa dưa mía sắn khoai lạc đậu thịt
lụa gốm chiếu nón rượu cói nho táo mít chuối dứa su sầu riêng long rốt sữa cầu giống đồi hươu chôm măng cụt bơ sen
bánh phở tương ớt yến hàu ngao nghêu tre đan dệt sành gỗ đá tơ cỏ bông hạt trám chanh ổi lê thuốc dâu
""".split())
GOODS = PRODUCE | {"hàng", "xe", "container", "sản", "phẩm", "trái", "củ", "quả"}
COOPERATIVE = {"htx", "tht", "tác", "qtdnd"}
COUNTED = {"minh", "các", "những", "nhiều", "số", "hiệp", "phong"}      # "các HTX Bình Định": those of the place
HOSTED = {"market", "training", "past", "institution"}
HALVES = PRODUCE | COOPERATIVE
JOINING = {"và", "thành", "phố", "tỉnh", "các", "hay", "đến"}    # within a list that shares its cue
TELLING = HALVES | {phrase.split()[-1] for phrase in CUES}      # without one of them there is nothing to find
STOPS = set(".;:!?…“”\"\n)")
TOKEN = re.compile(r"[\w/&'’]+|[^\w\s]")
BACK = 11                       # words before a name in which a cue is looked for


def part_before(left: str, kind: str) -> str:
    """What the nearest cue in the words before a name says; kind: the name's own prefix.

    "" a subject, "produce", "cooperative", "namesake" and "host" part of one, "attending" one who may be a guest; else why it is none.
    """
    if TELLING.isdisjoint(left.lower().replace("(", " ").split()):
        return ""
    words = TOKEN.findall(left)
    part, straight = "", not kind                   # straight: no word of direction yet
    i, last = len(words), max(0, len(words) - BACK)
    while i > last:
        i -= 1
        word = words[i].lower()
        if word in STOPS or word == "," and not _in_list(words, i):
            break
        if word in LAST_WORDS and (words[i] == word or not i or len(word) > 2 and words[i].isupper()):
            phrases = [" ".join(words[first:i + 1]).lower() for first in range(max(0, i - 2), i + 1)]
            if OFFICES.intersection(phrases):
                break
            if safe := next((phrase for phrase in phrases[:-1] if phrase in SAFE), ""):
                i -= safe.count(" ")
                continue
            cues = (CUES[phrase] for phrase in phrases if phrase in CUES)
            cue = next((cue for cue in cues if _reaches(cue, words[i + 1:])), None)
            if cue and cue.role == "attending":
                part = cue.role
            elif cue and not _is_setting(cue, words, i, kind):
                return "host" if cue.role in HOSTED and _receives(words[i + 1:]) else cue.role
        straight = straight and word not in WAY and word[0].isalnum()
        if straight and word in HALVES and part in ("", "produce"):
            part = _half(words, i) or part
    return part


def _in_list(words, i):
    """Whether a comma stands between names, so that what was said of the first holds for the next."""
    return i > 0 and words[i - 1][0].isupper() and all(word[0].isupper() or word in JOINING for word in words[i + 1:])


def _reaches(cue, between):
    words = [word.lower() for word in between if word[0].isalnum()]
    if len(words) > cue.reach or cue.role == "way" and "," in between:
        return False
    ways = WAY.intersection(words)
    if cue.through == "way":
        return bool(ways - STAYING) or bool(ways) and len(words) <= 5
    if cue.through == "noun":
        return not ways or cue.role == "guest" and "từ" in ways and ways <= {"từ", "đến"}
    return cue.through == "any" or bool(FROM.intersection(words)) and not COOPERATIVE.intersection(words)


def _receives(between):
    """Whether a cooperative stands between a cue and the name: "thực tập ở HTX bưởi Phúc Trạch" still tells of that place."""
    return any(word.lower() in COOPERATIVE and (at < 2 or between[at - 1].lower() not in COUNTED)
               for at, word in enumerate(between))


def _is_setting(cue, words, i, kind):
    """A market in which the story plays: one of a commune, or the first word of it: "Ở chợ đầu mối An Hữu"."""
    if cue.role != "market" or cue.through != "noun":
        return False
    return kind in LEVEL and kind not in ("tỉnh", "quận") or words[0] in ("Ở", "Tại") and i < 4


def _half(words, i):
    """The part of a name in that of a cooperative or of a variety."""
    word, between = words[i].lower(), len(words) - i - 1
    if word in PRODUCE and between < 3 and (word == words[i] or not i):
        return "produce"
    if word not in COOPERATIVE or between > 5:
        return ""
    first = i - 2 if word == "tác" else i
    counted = words[first - 1].lower() if first > 0 else ""
    if counted in COUNTED or counted.isdigit():
        return ""
    return "cooperative" if between else "namesake"
