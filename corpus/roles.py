"""A mention in its sentence becomes its part in the story: the subject, or why it is only passing through."""
import re
from dataclasses import dataclass

from corpus.mentions import LEVEL, Mention
from corpus.settling import listed
from corpus.spellings import fold


@dataclass(frozen=True, slots=True)
class Cue:
    """A word before a name that tells its part. The name stands at most `reach` words behind it."""
    role: str
    reach: int
    through: str = "any"            # what may stand between: "any", "way" (needs a word of direction), "noun" (has none)


def _cues(role: str, reach: int, through: str, words: str) -> dict[str, Cue]:
    return {word.strip(): Cue(role, reach, through) for word in words.split(",")}


CUES = {
    **_cues("market", 8, "way", "bán, tiêu thụ, xuất khẩu, xuất bán, xuất, cung cấp, cung ứng, phân phối, chở, vận chuyển, giao, gửi,"
            "có mặt, chuyển hàng, đưa hàng, đưa rau, đưa sản phẩm, đưa nông sản, đổ mối, bày bán, chào hàng, đóng hàng, bỏ mối"),
    **_cues("market", 4, "noun", "thị trường, cửa khẩu, cảng, chợ, chợ đầu mối, hội chợ, trạm dừng chân, lái buôn"),
    **_cues("market", 5, "any", "siêu thị, cửa hàng, đại lý, đơn hàng, quán, quán ăn, nhà hàng, mối hàng, chành, vựa, sạp, bếp ăn"),
    **_cues("way", 1, "noun", "sân bay, ga, bến xe, đường, phố, đại lộ, cao tốc, quốc lộ, tuyến, đường sắt, tỉnh lộ, xe khách, tàu,"
            "đèo, sông, suối, hồ, núi, vịnh, biển, đầm, cầu, ngã ba, ngã tư, rạch, kênh, dốc, chùa, hang, thác"),
    **_cues("name", 3, "noun", "chiến dịch, chiến thắng, trận, câu lạc bộ, clb, đội bóng, đội tuyển, giải thưởng, huân chương, mang tên,"
            "bảo tàng, khách sạn, giải, cúp, thương hiệu, nhãn hiệu, bia, thủy điện, nhiệt điện"),
    **_cues("institution", 5, "noun", "trường, đại học, học viện, cao đẳng, viện, công ty, tập đoàn, ngân hàng, bệnh viện, nhà máy, cty,"
            "công ty cổ phần, doanh nghiệp, vườn ươm, trại giống, trung tâm giống, nhà thầu, phòng thí nghiệm"),
    **_cues("guest", 6, "noun", "đoàn, phái đoàn, đại biểu, khách, du khách, khách hàng, thương lái, bạn hàng, chuyên gia, kỹ sư, sinh viên,"
            "thợ, nhà đầu tư, thương nhân, nhà buôn, đối tác, học viên, người mua, đầu nậu, tiểu thương, bạn bè, đồng nghiệp"),
    **_cues("attending", 8, "noun", "lãnh đạo, đại diện, cán bộ, giám đốc, chủ tịch, các htx, nông dân, liên minh"),
    **_cues("hamlet", 0, "any", "thôn, ấp, xóm, khóm, khu phố, tổ dân phố, tiểu khu, đội sản xuất, cụm dân cư"),
    **_cues("training", 6, "way", "tập huấn, tốt nghiệp, thực tập, du học, học nghề, học, đào tạo, lớp, dự hội thảo, khóa học, nhận giải,"
            "dự thi, chữa bệnh, khám bệnh"),
    **_cues("past", 7, "way", "từng, làm thuê, làm mướn, giúp việc, làm công, công nhân, đi làm, phụ hồ, bươn chải, nghỉ việc, bỏ việc, làm ăn xa, sinh ra,"
            "bỏ phố, thất nghiệp, bỏ lương, bỏ nghề, bỏ mức lương, bỏ công việc, xin nghỉ, rồi làm, chia tay, nghỉ làm, việc làm ở"),
    **_cues("past", 2, "any", "quê, quê gốc, gốc, người gốc, nguyên quán, rời, rời bỏ, di cư từ, cựu"),
    **_cues("comparison", 4, "noun", "so với, kém, thua, thua kém, tương tự, giống như, ngon như, ngọt như, thơm như, học theo, theo cách,"
            "sánh, sánh với, hơn, hơn cả, ngang, giống hệt, khác, ví như, lừng danh như, nổi tiếng như, đẹp như, cạnh tranh với"),
    **_cues("origin", 6, "from", "mua, nhập, lấy, giống, đặt, thuê, mang, tuyển, nguyên liệu, cây giống, con giống, đặt mua"),
    **_cues("origin", 3, "noun", "mời, giống của, cây giống, con giống, tôm giống, cá giống, phong trào ở"),
    **_cues("near", 2, "any", "giáp, giáp ranh, giáp với, tiếp giáp, cách, cách trung tâm, ranh giới"),
}
SAFE = {"môi trường", "nông trường", "hiện trường", "lâm trường", "nhu cầu", "yêu cầu", "toàn cầu", "bờ biển", "ven biển", "mía đường",
        "con đường", "tập đoàn", "tỉnh đoàn", "liên đoàn", "công đoàn", "binh đoàn", "học tập", "học hỏi", "học cách", "học kinh nghiệm",
        "toàn đoàn", "trưởng đoàn", "khoa học", "hơn nữa", "hơn một", "kết nối", "tương lai", "hồ sơ", "đoàn viên", "đoàn kết", "đoàn thể",
        "thành phố", "giải pháp", "giải thể", "giải quyết", "giải ngân", "xuất sắc", "xuất hiện", "sản xuất", "đề xuất", "năng xuất",
        "khách quan", "chợ mới", "đầu tư", "tuyến đầu", "lớp người", "cách đây", "cách làm", "bằng cách", "phong cách", "tàu cá",
        "giao cho", "bàn giao", "giao lưu", "giao thông", "chuyển giao", "đoàn đbqh", "đoàn thanh niên", "đoàn đại biểu quốc hội",
        "khác nhau", "hàng năm", "hàng loạt", "hàng trăm", "hàng nghìn", "hàng chục", "nhập khẩu", "mãng cầu", "tập quán", "quán quân", "báo quán"}
LAST_WORDS = {phrase.split()[-1] for phrase in (*CUES, *SAFE)}
WAY = {"sang", "trên", "dưới", "ra", "vào", "cho", "đi", "đến", "tới", "về", "tại", "ở", "lên", "xuống", "qua", "khắp", "tận", "với", "từ", "trong"}
FROM = {"từ", "của", "tận", "bên"}
PRODUCE = set("""vải thiều bưởi cam quýt nhãn lồng na mận đào hồng xoài dừa chè trà phê tiêu điều gạo lúa nếp tỏi hành gừng nghệ miến mì
bún nem mắm muối cá tôm cua gà vịt lợn heo bò dê trâu ong sâm quế hồi nấm rau hoa dưa mía sắn khoai lạc đậu thịt lụa gốm chiếu nón rượu
cói nho táo mít chuối dứa su sầu riêng long rốt sữa cầu giống đồi hươu chôm măng cụt bơ sen bánh phở tương ớt yến hàu ngao nghêu
tre đan dệt sành gỗ đá tơ cỏ bông hạt trám chanh ổi lê thuốc dâu""".split())
GOODS = {"hàng", "xe", "container", "sản", "phẩm", "trái", "củ", "quả"}
WHENCE = re.compile(r"(?P<what>[^.;,\n]{2,40})(?<!\w)từ [^.;\n]{3,60}$")
COOPERATIVE = {"htx", "tht", "tác", "qtdnd", "xã"}
PEOPLE = {"ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cụ", "thầy", "đồng chí", "đ/c", "nghệ nhân", "lão nông", "gs", "ts", "pgs",
          "bác sĩ", "tiến sĩ", "cậu", "nàng", "vợ", "chồng", "con gái", "con trai", "bạn", "mc", "ca sĩ", "nhà báo", "pv", "ths", "ks"}
SURNAMES = set("""nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm mai trịnh đào cao hà lương lưu tạ tô
trương triệu vương chu quách thái tống kiều vi lò giàng sùng vàng lường quàng tòng bế nông ma hứa hầu thào mùa lầu cầm đèo hoa thân nghiêm
khổng phùng từ doãn tăng la âu ông lò lù lục mã mạc ninh phí phó quan thạch sơn danh kim diệp khưu tiêu trang văn thị đức minh quang
a y đàm giáp điêu đồng tôn""".split())
TOUCHING = set("""tỉnh thành phố tp huyện thị xã quận phường trấn htx hợp tác thtt ubnd hđnd ubmttq lhhtx lmhtx liên minh sở hội đảng bộ ban
nông dân công thương nghiệp tài chính kế hoạch phòng chi cục đài báo tại ở theo từ với và của cho trong ngoài giữa khi nhưng còn sang về đến
đây nay bên dân người nhờ vì do như là có các những một hai ba bốn năm sáu bảy nhiều mỗi riêng vùng đất miền xứ nơi đoàn qua vào ra lên xuống
chợ cà rau khoai lúa vải cam chè trà gạo muối cói na xoài nhà hàng quê làng bản khu cả gần hồi thời ngày hôm sáng chiều tối mưa bão lũ
gs ts vụ mùa cua tôm cá hoa cây trái sếu nhung bưởi miến nho mía nghị quyết trung tâm mặt trận tổ quốc việt nam lãnh đạo chủ tịch bí thư
giám đốc phó hạt kiểm lâm công an quân sự toàn trên dưới đại biểu đồng chí cán bộ kinh tế xã hội tập thể khách tiếp hướng trước sau cùng
cù lao núi sông phía huyện doanh du lịch ngư lâm thủy sản điện nước cấp ngành viện trường học chuyện""".split())
NATIONAL = re.compile(r"(?<!\w)(?:[Bb]ộ (?:[A-ZĐ]|trưởng|ngành)|các bộ|Bộ Nông|Chính phủ|Thủ tướng|Quốc hội|Việt Nam|toàn quốc|cả nước|Trung ương|quốc tế"
                      r"|NN&PTNT tổ chức|quốc gia|khu vực châu|ASEAN|Tổng cục|Cục [A-ZĐ])")
AGREED = re.compile(r"ký kết|thỏa thuận|thoả thuận|ghi nhớ|hợp tác giữa|kết nghĩa|giao ước|phối hợp giữa|cùng ký|bắt tay|trao đổi giữa|kết nối giữa")
ATTEND = re.compile(r"(?<!\w)(?:[Dd]ự|[Tt]ham dự|[Cc]húc mừng|[Cc]ó mặt|[Cc]hứng kiến)(?!\w)")
VISIT = re.compile(r"(?<!\w)(?:tham quan|thăm|xem|học|khảo sát|tìm hiểu|đến dự|về dự|tới dự|chúc mừng|tham dự|trao đổi kinh nghiệm)(?!\w)")
GOING = re.compile(r"(?<!\w)(?:đưa|dẫn|cử|tổ chức|vào|ra|lên|sang|về|đến|tới|xuống|qua)(?!\w)")
BEATEN = re.compile(r"\W*(?:cũng |còn |đều )?(?:phải )?(?:chào thua|nổi tiếng hơn|ngon hơn|thua|chịu thua)")
LEAVING = re.compile(r"\W*(?:về|vào|ra|lên|xuống|sang|đến|trở về|chuyển)(?!\w)")
MOVER = re.compile(r"(?<!\w)(?:gia đình|cha|mẹ|di cư|vợ|chồng|anh|chị|ông|bà|người|dân|cha mẹ|kỹ sư|bố)(?!\w)", re.IGNORECASE)
RECEIVING = re.compile(r"(?<!\w)(?:lễ|khai mạc|phiên chợ|hội chợ|ra mắt|khánh thành|khởi công|đại hội)(?!\w)", re.IGNORECASE)
HEARD = re.compile(r"\W*(?:để )?(?:học (?:đại học|nghề|lớp|trường)|dự (?:lớp|hội)|chữa|khám|thi |nhận giải|làm thuê|làm công|báo cáo)")
MAN = re.compile(r"(?:thành phố|tp\.?|t\.p\.?|quận|sở|ubnd|vào|ở|tại|từ|ra|về|đến|tỉnh|và|,|-|–|\()\s*$", re.IGNORECASE)
TOKEN = re.compile(r"[\w/&'’]+|[^\w\s]")
WINDOW = 70                     # characters before a name in which a cue is looked for
STOPS = set(".;:!?…“”\"\n)")
INHERITED = {"market", "guest", "origin", "comparison", "training", "past"}
ENDS = (". ", "! ", "? ", "… ", "; ", ".” ", '." ', "\n")
LONGEST = 400
CONTEXT = 300                   # characters before a sentence in which the country may be spoken of
LINE = re.compile(r"\n")
SENTENCE = re.compile(r"[.!?…;][\s”\"]|\n")
#: What opens a stretch that is not the story → what ends it: related headlines their line, a caption its sentence.
ASIDES = {**dict.fromkeys(("Tin liên quan", "TIN LIÊN QUAN", "Tin khác", "Các tin khác", "CÁC TIN KHÁC", "TIN KHÁC", "Bài liên quan", "Bài viết liên quan",
                           "Xem thêm", "XEM THÊM", "Đọc thêm", "ĐỌC THÊM", "Có thể bạn quan tâm", "Tin cùng chuyên mục", "Cùng chuyên mục",
                           "Tin mới", "Tin cũ", "Tin đọc nhiều", "Đọc nhiều", ">>", "Từ khóa:", "Từ khoá:", "Tags:", "Tag:"), "\n"),
          **dict.fromkeys(("Ảnh:", "Ảnh minh họa", "Ảnh minh hoạ", "ẢNH:", "Trong ảnh", "Chú thích", "Chú thích ảnh", "Clip:", "Video:", "Đồ họa:",
                           "Dự báo thời tiết", "Thời tiết:", "Thời tiết hôm nay", "Thời tiết ngày", "Bản tin thời tiết", "(Ảnh"), "."),
          "Tin tiếp": "\n"}


def _asides(text: str) -> list[tuple[int, int]]:
    found = []
    for opening, ending in ASIDES.items():
        at = text.find(opening)
        while at >= 0:
            end = (SENTENCE if ending == "." else LINE).search(text, at)
            found.append((at, end.start() if end else len(text)))
            at = text.find(opening, found[-1][1])
    return found


def parts(text: str, found: list[Mention]) -> list[str]:
    """The part of each mention: "" a subject, "produce" and "cooperative" half a one, else why it is none."""
    asides = _asides(text) if found else []
    out: list[str] = []
    for i, mention in enumerate(found):
        if any(a <= mention.start < b for a, b in asides):
            out.append("aside")
            continue
        if len(mention.provinces) > 1:
            out.append("open")
            continue
        start, end = _sentence(text, mention)
        before = found[i - 1] if i and found[i - 1].start >= start else None
        if before and _shares(text[before.end:mention.head], out[-1], mention):
            out.append(out[-1])
            continue
        rest = [other for other in found[i + 1:i + 8] if other.start < end]
        out.append(_part(text, mention, start, end, rest))
    return _families(found, out)


def _families(found, out):
    """A district shares the part of the province it is told with: "chợ Long Biên, Hà Nội"."""
    for i, mention in enumerate(found):
        if mention.parent is not None and out[i] in INHERITED and not out[mention.parent]:
            out[mention.parent] = out[i]
    return out


def _sentence(text, mention):
    """Where the sentence around a mention begins and ends; at most so far back as a long one reaches."""
    low = max(0, mention.head - LONGEST)
    before = text[low:mention.head]
    start = low + max(0, *(at + len(end) for end in ENDS if (at := before.rfind(end)) >= 0), 0)
    end = SENTENCE.search(text, mention.end)
    return start, end.start() if end else len(text)


def _shares(gap: str, part: str, mention: Mention) -> bool:
    """Whether a name plays the part of the one before it: members of a list do, and the two ends of a road."""
    if gap.strip() in ("-", "–", "‑"):
        return part in INHERITED or part == "way"
    return part in INHERITED and listed(gap)


def _part(text, mention, start, end, rest):
    left, right = text[max(start, mention.head - WINDOW):mention.head], text[mention.end:end]
    if _person(text, mention, left, start):
        return "person"
    sentence = text[start:end]
    part = _after(left, right) or _walk(left, mention.kind)
    if part == "attending":
        part = "guest" if ATTEND.search(sentence) and _has_host(text, mention, sentence, rest) else ""
    part = part or _visiting(mention, left, right, rest)
    if part == "guest" and AGREED.search(sentence):
        return ""
    if not part and _venue(mention, left, text[max(0, start - CONTEXT):end]):
        return "venue"
    return part


def _person(text, mention, left, start):
    if mention.kind:
        return False
    name = text[mention.start:mention.end]
    if name == text[text.rfind("\n", 0, mention.start) + 1:].split("\n", 1)[0].strip() and mention.start:
        return True                 # alone on its line: who signed the text
    if mention.level == "commune" and mention.right:
        return True
    touching = mention.left.split()
    before = TOKEN.findall(left[:len(left) - len(mention.left)].lower())[-2:] if touching else TOKEN.findall(left.lower())[-2:]
    if before and (before[-1] in PEOPLE or " ".join(before) in PEOPLE or touching and touching[0].lower() in PEOPLE):
        return True
    if fold(name.lower()) == "ho chi minh":
        return not MAN.search(left)
    if name.isupper():
        return False
    return _in_a_name(touching, mention.head - len(mention.left) - 1 <= start + 1) or _goes_on(mention.right.split())


def _in_a_name(touching, opening):
    """Whether capitalised words before a name make it a person's or a firm's: "Nguyễn Thái Bình"."""
    if not touching:
        return False
    last = touching[-1].lower().strip(",-")
    if touching[-1].isupper() or len(touching) == 1 and opening and (last in TOUCHING or last not in SURNAMES):
        return False
    return last not in TOUCHING or last in SURNAMES and not opening


def _goes_on(touching):
    """Whether capitalised words behind a name make it part of a longer one: "Hòa Bình Xanh"; a person's may follow."""
    first = touching[0].lower() if touching else ""
    return bool(first) and first not in SURNAMES and first not in TOUCHING and not touching[0].isdigit()


def _after(left, right):
    ending = left.split()[-1:]
    if BEATEN.match(right):
        return "comparison"
    if ending and ending[0].lower() == "từ" and LEAVING.match(right) and MOVER.search(left):
        return "past"
    if ending and ending[0].lower() in WAY and HEARD.match(right):
        return "training"
    if ending and ending[0] in ("lên", "ra", "vào", "sang", "về", "đi", "xuống") and (whence := WHENCE.search(left)):
        return "market" if (PRODUCE | GOODS).intersection(whence["what"].lower().split()) else ""
    return ""


def _walk(left, kind):
    """Back from the name, word by word, to the first cue."""
    words = TOKEN.findall(left)
    lowered = [word.lower() for word in words]
    part = ""
    i = len(words)
    while i:
        i -= 1
        word, between = lowered[i], lowered[i + 1:]
        if word in STOPS or word == "," and not (between and words[i + 1][0].isupper()):
            break
        if word in LAST_WORDS and (words[i] == word or not i or len(word) > 2 and words[i].isupper()):
            if i and f"{lowered[i - 1]} {word}" in SAFE:
                i -= 1
                continue
            cue = _cue(lowered, i, between)
            if cue and cue.role == "attending":
                part = cue.role
            elif cue and not _is_setting(cue, lowered, i, kind):
                return cue.role
        if part in ("", "produce") and not kind and not WAY.intersection(between):
            part = _half(lowered, i, len(between)) or part
    return part


def _cue(words, i, between):
    """The cue that ends at the i-th word and reaches the name, the longest phrase first."""
    for first in range(max(0, i - 2), i + 1):
        cue = CUES.get(" ".join(words[first:i + 1]))
        if cue and _reaches(cue, between):
            return cue
    return None


def _is_setting(cue, words, i, kind):
    """A market in which the story plays: one of a commune, or the first word of it: "Ở chợ đầu mối An Hữu"."""
    if cue.role != "market" or cue.through != "noun":
        return False
    return kind in LEVEL and kind not in ("tỉnh", "quận") or words[0] in ("ở", "tại") and i < 4


def _half(words, i, between):
    """The part of a name in that of a cooperative or of a variety."""
    if words[i] in COOPERATIVE and between < 6:
        return _cooperative(words, i)
    return "produce" if words[i] in PRODUCE and between < 3 else ""


def _cooperative(words, i):
    """The name of one cooperative, or the cooperatives of a place."""
    first = i - 2 if words[i] == "tác" and words[max(0, i - 2):i] == ["hợp", "tác"] else i
    counted = words[first - 1] if first else ""
    if words[i] == "xã" or counted in ("minh", "các", "những", "nhiều", "số", "hiệp", "phong") or counted.isdigit():
        return ""
    return "cooperative"


def _reaches(cue, between):
    words = [word for word in between if word.isalnum()]
    if len(words) > cue.reach:
        return False
    ways = WAY.intersection(words)
    if cue.through == "way":
        return bool(ways - {"ở", "tại", "cho", "trong", "với"}) or bool(ways) and len(words) <= 5
    if cue.through == "noun":
        return not ways or cue.role == "guest" and ways == {"từ"} or cue.role == "guest" and "đến từ" in " ".join(words)
    return cue.through == "any" or bool(FROM.intersection(words))


def _visiting(mention, left, right, rest):
    """Who is said to go and see somebody else's place is a guest there."""
    visit = VISIT.search(right)
    if not visit or not GOING.search(right[:visit.start()]):
        return ""
    going = GOING.search(right)
    hosts = [m for m in rest if m.start > mention.end + going.start() and not set(m.provinces) & set(mention.provinces)]
    return "guest" if hosts and left.strip() else ""


def _has_host(text, mention, sentence, rest):
    """Whether somebody else's place receives those who attend: one told before them, or they come from several."""
    others = [m for m in rest if m.provinces != mention.provinces and listed(text[mention.end:m.head])]
    return bool(others) or sentence.find(text[mention.start:mention.end]) > 0 and bool(RECEIVING.search(sentence))


def _venue(mention, left, sentence):
    """A capital in which the country meets is not what the text is about."""
    if mention.level != "province" or mention.provinces[0] not in ("ha-noi", "ho-chi-minh"):
        return False
    place = left.rstrip().lower().endswith(("tại", "ở", "(", "thủ đô", "ra", "về"))
    return place and bool(NATIONAL.search(sentence)) and not re.search(r"UBND|Sở |quận|huyện|Liên minh HTX (?:TP|Hà|thành)", sentence)
