"""The words of a sentence say from where on its figures are goals, and from where on facts again."""
import re

_DONE = r"(?<!đạt )(?<!vượt )(?<!so với )(?<!hoàn thành )(?<!các )"
GOAL = re.compile(
    rf"(?<!\w)(?:phấn đấu|{_DONE}(?<!chương trình )mục tiêu(?! quốc gia)|{_DONE}chỉ tiêu|dự kiến|dự báo"
    rf"|(?:đặt|đề) ra(?= mục| chỉ| đến| phải|:)"
    rf"|{_DONE}(?<!% )(?<!theo )(?<!bằng )(?<!thực hiện )(?<!triển khai )kế hoạch (?:năm \d{{4}},? ?)?(?:là |đến |phải "
    rf"|sẽ |trong |có |toàn |tỉnh )?(?:thành lập|phát triển|có|đến năm)"
    r"|hướng tới|hướng đến|tiến tới|đặt đích|đích đến|quyết tâm|nhằm đạt|tầm nhìn|sẽ|phải (?:có|đạt)|cần (?:có|đạt)|kỳ vọng|mong muốn"
    r"|đề án phát triển)(?!\w)", re.I)
#: Behind a figure: "có 500 HTX là mục tiêu của tỉnh".
SAID_AFTER = re.compile(r"[^,;.:\d]{0,60}?(?<!\w)(?:là|theo|như)\s(?:mục tiêu|kế hoạch|chỉ tiêu|kỳ vọng)(?!\w)", re.I)
#: "vượt mục tiêu 220 HTX": what the number itself is called.
NAMED = re.compile(r"(?<!\w)(?:mục tiêu|chỉ tiêu|kế hoạch)(?: (?:đề ra|đặt ra|là|có|khoảng|ít nhất|trên))*\s$", re.I)
LONGEST_NAMED = 40
FACT = re.compile(r"(?<!\w)(?:hiện nay|hiện (?:có|còn|toàn|cả|đang|đã|trên)|(?:đến|tới) nay|đã (?:có|đạt|thành|giải|phát"
                  r"|thu|tạo|là|lên)|thực tế|kết quả|trong khi (?:đó|hiện|năm)|báo cáo|tính đến|cho biết|tăng \d)(?!\w)", re.I)
#: A sentence that goes on with the goals of the one before.
GOES_ON = re.compile(r"^\W*(?:trong đó|cụ thể|đồng thời|bên cạnh đó|ngoài ra|cùng với đó|riêng|mỗi năm|hằng năm|hàng năm"
                     r"|bình quân|thành lập|phát triển|có ít nhất|tỷ lệ|tăng|đến (?:hết )?(?:năm|cuối))(?!\w)|^[-+*•]", re.I)


def changes(text: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Where in text[start:end] goals begin (True) and facts come back (False), in order."""
    return sorted([(match.end(), True) for match in GOAL.finditer(text, start, end)]
                  + [(match.end(), False) for match in FACT.finditer(text, start, end)])


def is_goal(at: int, switched: list[tuple[int, bool]], carried: bool) -> bool:
    """Whether a number at `at` is a goal; `carried` is what the sentence began with."""
    return next((goal for place, goal in reversed(switched) if place <= at), carried)


def named(text: str, start: int, at: int) -> bool:
    """Whether the words right in front of a number at `at` call it a goal, reached or not."""
    return NAMED.search(text, max(start, at - LONGEST_NAMED), at) is not None


def said_after(text: str, at: int, end: int) -> bool:
    """Whether the words behind a figure call it a goal."""
    return SAID_AFTER.match(text, at, end) is not None


def carries(text: str, start: int, end: int, goal: bool) -> bool:
    """Whether a sentence behind one that ended in goals still speaks of them."""
    return goal and bool(GOES_ON.match(text, start, end))
