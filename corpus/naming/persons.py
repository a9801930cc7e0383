"""A name in its line becomes a place's, or a person's or firm's that contains it: "Nguyễn Thái Bình", "Hòa Bình Xanh"."""
import re

from corpus.naming.mentions import Mention

PEOPLE = {
    "ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cụ", "thầy", "đồng chí", "đ/c", "nghệ nhân", "lão nông",
    "gs", "ts", "pgs", "bác sĩ", "tiến sĩ", "cậu", "nàng", "vợ", "chồng", "con gái", "con trai", "bạn", "mc",
    "ca sĩ", "nhà báo", "pv", "ths", "ks",
}
SURNAMES = set("""
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm mai trịnh đào cao hà lương lưu
tạ tô trương triệu vương chu quách thái tống kiều vi lò giàng sùng vàng lường quàng tòng bế nông ma hứa hầu thào mùa
lầu cầm đèo hoa thân nghiêm khổng phùng từ doãn tăng la âu ông lò lù lục mã mạc ninh phí phó quan thạch sơn danh kim
diệp khưu tiêu trang văn thị đức minh quang a y đàm giáp điêu đồng tôn
""".split())
TOUCHING = set("""
tỉnh thành phố tp huyện thị xã quận phường trấn htx hợp tác thtt ubnd hđnd ubmttq lhhtx lmhtx liên minh sở hội đảng
bộ ban nông dân công thương nghiệp tài chính kế hoạch phòng chi cục đài báo tại ở theo từ với và của cho trong ngoài
giữa khi nhưng còn sang về đến đây nay bên dân người nhờ vì do như là có các những một hai ba bốn năm sáu bảy nhiều
mỗi riêng vùng đất miền xứ nơi đoàn qua vào ra lên xuống chợ cà rau khoai lúa vải cam chè trà gạo muối cói na xoài
nhà hàng quê làng bản khu cả gần hồi thời ngày hôm sáng chiều tối mưa bão lũ gs ts vụ mùa cua tôm cá hoa cây trái
sếu nhung bưởi miến nho mía nghị quyết trung tâm mặt trận tổ quốc việt nam lãnh đạo chủ tịch bí thư giám đốc phó hạt
kiểm lâm công an quân sự toàn trên dưới đại biểu đồng chí cán bộ kinh tế xã hội tập thể khách tiếp hướng trước sau
cùng cù lao núi sông phía huyện doanh du lịch ngư lâm thủy sản điện nước cấp ngành viện trường học chuyện
""".split())
MAN = re.compile(r"(?:thành phố|tp\.?|t\.p\.?|quận|sở|ubnd|vào|ở|tại|từ|ra|về|đến|tỉnh|và|,|-|–|\()\s*$", re.IGNORECASE)


def bears_another(text: str, mention: Mention, left: str, start: int) -> bool:
    """Whether the name is not the place's here. left: the sentence before it; start: where the sentence begins."""
    if mention.kind:
        return False
    if mention.level == "commune" and mention.right or _alone(text, mention):
        return True
    touching = mention.left.split()
    if touching:
        left = left[:len(left) - len(mention.left) - 1]
    before = [word.lower().strip("(“") for word in left[-20:].split()[-2:]]
    if before and (before[-1] in PEOPLE or " ".join(before) in PEOPLE) or touching and touching[0].lower() in PEOPLE:
        return True
    if mention.provinces[0] == "ho-chi-minh" and text[mention.start:mention.end].lower() in ("hồ chí minh", "ho chi minh"):
        return not MAN.search(left)
    if text[mention.start:mention.end].isupper():
        return False
    return _in_a_name(touching, mention.head - len(mention.left) - 1 <= start + 1) or _goes_on(mention.right.split())


def _alone(text, mention):
    """Alone on its line below the first: who signed the text."""
    return mention.start > 0 and text[mention.start - 1] == "\n" and text[mention.end:mention.end + 1] in ("", "\n")


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
