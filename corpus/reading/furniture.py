"""A line of a page is told to be furniture, and of which kind: a heading of other stories, comments, tools, imprint."""
import re
from functools import lru_cache

#: what stands above other stories: the whole line, but for numbers and punctuation
_OTHERS = re.compile(r"""^\W*(?:
    (?:các\ |những\ |một\ số\ |danh\ sách\ )?
    (?:tin\ tức|tin\ bài|bài\ viết|bài\ báo|tin|bài|video|clip|ảnh|phóng\ sự|chuyên\ mục|chủ\ đề|sự\ kiện|nội\ dung
      |thông\ tin|văn\ bản|chương\ trình)
    (?:\ (?:và\ )?(?:tin|bài|bài\ viết|tức|ảnh|video))?
    (?:,?\ (?:khác|liên\ quan|cùng(?:\ chuyên)?\ (?:mục|đề|loại|chủ\ đề|tác\ giả|sự\ kiện|lĩnh\ vực|thể\ loại)
      |mới(?:\ (?:nhất|hơn|đăng|cập\ nhật|đưa|nhận))?
      |cũ(?:\ hơn)?|đã\ (?:đưa|đăng)|trước\ đó|trước|sau|tiếp\ theo|nổi\ bật|nóng|hot|tiêu\ điểm|đọc\ nhiều(?:\ nhất)?
        |xem\ nhiều(?:\ nhất)?|được\ quan\ tâm(?:\ nhất)?
      |quan\ tâm|hay|đáng\ chú\ ý|đáng\ đọc|chính|trong\ ngày|vắn|ảnh|video|xem\ thêm|quan\ trọng|gần\ đây|ngẫu\ nhiên
        |theo\ ngày|theo\ thời\ gian)){1,2}
      (?:\ (?:của|trong|về|tại|trên)\ .{2,40}|\ \(.{0,40}\))?
    |(?:có\ thể\ )?bạn\ (?:có\ thể\ )?(?:sẽ\ |đang\ |cũng\ )?(?:quan\ tâm|thích|muốn\ đọc|cần\ biết|chưa\ đọc|nên\ đọc
      |đọc\ chưa).{0,20}
    |(?:đang\ )?(?:được\ )?(?:quan\ tâm|đọc|xem|chia\ sẻ|bình\ luận|thảo\ luận)\ nhiều(?:\ nhất)?(?:\ (?:trong|tuần
      |hôm|24).{0,20})?|đang\ được\ quan\ tâm
    |(?:mời\ )?(?:bạn\ |quý\ vị\ |quý\ độc\ giả\ )?(?:đọc|xem|tham\ khảo|khám\ phá|tìm\ hiểu)\ (?:thêm|tiếp|nhiều
      |ngay)(?:\ (?:tin|bài|về|các|những|tại).{0,40})?
    |(?:mới|vừa)\ (?:nhất|cập\ nhật|đăng)|nổi\ bật(?:\ nhất)?|tiêu\ điểm|điểm\ tin|(?:tin|bài|đọc|mục)\ (?:trước|sau
      |kế\ tiếp)
    |(?:dành|gợi\ ý|đề\ xuất)\ cho\ (?:bạn|bạn\ đọc).{0,10}|cùng\ (?:chuyên\ mục|chủ\ đề|mục|tác\ giả)|liên\ quan
      |trên\ cùng\ chuyên\ mục|theo\ dòng\ sự\ kiện|dòng\ sự\ kiện
    |nhiều\ người\ (?:đọc|xem|quan\ tâm)|độc\ giả\ quan\ tâm|các\ số\ trước|thông\ tin\ doanh\ nghiệp
      |thị\ trường\ -\ doanh\ nghiệp
    |xem\ (?:các\ )?(?:tin|bài)\ (?:đã\ đưa|theo|cũ|khác)\b.{0,40}|related(?:\ (?:posts?|articles?|news|stories))?
      |read\ (?:more|next|also)|you\ may\ also\ like
    |other\ news|most\ (?:read|viewed|popular)|recent\ posts?|latest(?:\ news)?|more\ (?:news|stories)(?:\ .{0,20})?
    )\W*(?:\d{0,4}\W*)?(?:\|\ .{0,40})?$""", re.I | re.X)

#: where readers speak, or are asked to
_READERS = re.compile(r"""^\W*(?:\d{1,5}\s)?(?:
    (?:gửi|viết|đăng|xem|tất\ cả|thêm|các|nhập)?\ ?(?:ý\ kiến|bình\ luận|phản\ hồi|thảo\ luận|nhận\ xét|góp\ ý
      |cảm\ nghĩ|cảm\ nhận)
      (?:\ (?:của\ bạn(?:\ đọc)?|bạn\ đọc|của\ độc\ giả|độc\ giả|về\ bài\ (?:viết|này).{0,30}|khác|mới(?:\ nhất)?
        |cho\ bài\ viết.{0,20}|facebook|qua\ facebook|bài\ viết(?:\ này)?|tại\ đây))?
    |hãy\ là\ người\ đầu\ tiên.{0,40}|chưa\ có\ (?:bình\ luận|ý\ kiến|đánh\ giá).{0,40}
      |tổng\ số\ điểm\ (?:của\ )?bài\ viết.{0,60}|click\ (?:để|vào\ đây\ để)\ đánh\ giá.{0,30}
    |đánh\ giá\ (?:bài\ viết|tin|bài).{0,30}|xếp\ hạng.{0,30}|comments?|leave\ a\ (?:reply|comment).{0,20}
      |post\ a\ comment|(?:bạn\ )?(?:vui\ lòng|hãy|cần)\ đăng\ nhập.{0,60}
    |email\ (?:của\ bạn\ )?sẽ\ không\ được\ (?:hiển\ thị|công\ khai).{0,60}
      |(?:nội\ dung\ )?bình\ luận\ (?:của\ bạn\ )?(?:sẽ\ được|phải|viết).{0,80}|mã\ (?:an\ toàn|xác\ nhận
        |bảo\ vệ).{0,30}
    |(?:vui\ lòng\ )?(?:gõ|nhập|viết)\ (?:tiếng\ việt\ )?có\ dấu.{0,40}|\d{1,5}\ (?:bình\ luận|ý\ kiến|phản\ hồi
      |comments?)
    )\W*(?:\(?\d{1,5}\)?)?\W*$""", re.I | re.X)

#: the imprint at the foot of every page of a site
_IMPRINT = re.compile(r"""^\W*(?:
    (?:giấy\ phép|gp|gpxb)\ ?(?:số|hoạt\ động|thiết\ lập|xuất\ bản|báo\ chí|mở).{0,60}(?:\d\s?/|số\s?:?\s?\d)|©
      |\(c\)|copyright|bản\ quyền\s?(?:thuộc|©|\d|:|của\ (?:báo|trang|website|cổng|đài))
    |(?:người\ )?chịu\ trách\ nhiệm\ (?:chính|nội\ dung|xuất\ bản)|(?:phó\ )?tổng\ biên\ tập\s?:|(?:cơ\ quan
      |đơn\ vị)\ chủ\ quản\s?:|(?:toà|tòa)\ soạn\s?:|trụ\ sở\s?:
    |(?:ghi|đề\ nghị\ ghi|vui\ lòng\ ghi|yêu\ cầu\ ghi)\ rõ\ nguồn|(?:địa\ chỉ|điện\ thoại|đt|tel|fax|hotline
      |đường\ dây\ nóng|email|e-mail|website)\s?:
    |(?:thiết\ kế|phát\ triển|vận\ hành|xây\ dựng|cung\ cấp)\ (?:và\ .{3,20}\ )?bởi|thiết\ kế\s?:|(?:designed
      |developed|powered|supported)\ by
    |(?:số\ )?(?:lượt\ )?(?:truy\ cập|khách|đang\ (?:online|truy\ cập)|trực\ tuyến)\s?:|thống\ kê\ truy\ cập
      |đang\ (?:truy\ cập|online)\b|(?:liên\ hệ|đặt)\ quảng\ cáo
    |mọi\ (?:hành\ vi|hình\ thức)\ sao\ chép|không\ sao\ chép|cấm\ sao\ chép|tải\ ứng\ dụng
      |theo\ dõi\ .{2,40}\ trên\ (?:facebook|google|zalo|youtube|tiktok)
    |(?:về|lên|trở\ lên|trở\ về|quay\ lại|lên\ trên)\ (?:đầu\ )?(?:trang|trên|đầu)(?:\ (?:trước|chủ|đầu))?\W*$
    )|©|\bcopyright\b|giấy\ phép\b.{0,60}/\s?gp\b|\be-?mail\s?:\s?\S{1,60}@|\bgp-(?:ttđt|bc|bttt|stttt|ttdt|cttđt)
      |all\ rights\ reserved""", re.I | re.X)

#: buttons, counters and the like: a line made of nothing else
_TOOLS = re.compile(r"""(?<!\w)(?:
    (?:\d[\d.,]*\ )?lượt\ (?:xem|đọc|truy\ cập|thích|chia\ sẻ)|(?:đã\ )?(?:xem|đọc|đăng)\s?:?\s?\d[\d.,]*(?:\ lần)?
      |\d[\d.,]*\ (?:lần|lượt|views?|phút\ đọc|bình\ luận|người\ đã\ xem|likes?|shares?)|số\ lần\ (?:xem|đọc)|lượt
    |hãy\ là\ người\ đầu\ tiên\ bình\ luận|(?:tăng|giảm|cỡ|kích\ thước|phóng\ to|thu\ nhỏ)\s?(?:cỡ\ )?(?:chữ|font
      |cỡ\ chữ)|cỡ\ chữ|mặc\ định|(?:bản|trang|phiên\ bản)\ in|in\ (?:ấn|bài(?:\ viết)?(?:\ này)?|tin|trang|ra)
        |ủng\ hộ\ tác\ giả(?:\ bài\ viết)?|báo\ lỗi|chép\ liên\ kết
    |gửi\ (?:email|mail|bài(?:\ viết)?|cho\ bạn(?:\ bè)?|tin)(?:\ (?:này\ )?(?:qua\ (?:e?mail|thư)|cho\ bạn\ bè))?
      |chia\ sẻ(?:\ (?:bài\ viết|lên|qua|trên|với))?|facebook|twitter|zalo|google\ ?(?:\+|plus|news)?|linkedin
        |pinterest|messenger|telegram|youtube|tiktok|whatsapp
    |e-?mail|print|share|tweet|like|copy\ (?:link|liên\ kết)|sao\ chép\ (?:liên\ kết|link)|lưu\ (?:bài|tin
      |trữ)(?:\ viết)?(?:\ này)?|thích|quan\ tâm|theo\ dõi|nghe\ (?:đọc\ )?(?:bài(?:\ viết|\ báo)?|tin)|đọc\ (?:bài
        |báo)|nghe|dừng|toàn\ màn\ hình|giọng\ (?:nam|nữ)
    |quay\ lại|(?:về|lên|trở\ (?:về|lên)|quay\ (?:về|lại))\ (?:trang\ (?:trước|chủ|đầu)|đầu\ trang|trên)|đầu\ trang
      |trang\ chủ|xem\ (?:lịch\ phát\ sóng|thêm|tiếp|ảnh|ảnh\ lớn|toàn\ bộ|kích\ thước\ đầy\ đủ)|đóng(?:\ lại)?
        |mở\ rộng|thu\ gọn|chi\ tiết|tất\ cả
    |bình\ luận|phản\ hồi|ý\ kiến|góp\ ý|quảng\ cáo|advertisement|ads?|tải\ (?:về|xuống)(?:\ file)?|file\ đính\ kèm
      |trước|sau|tiếp(?:\ theo)?|tags?|từ\ khoá|từ\ khóa|hỗ\ trợ|đăng\ (?:nhập|ký)|tìm\ kiếm|menu|search|next
        |prev(?:ious)?|back|home
    |(?:viết|gửi|đăng|xem)\ bình\ luận|(?:vui\ lòng|xin|xin\ hãy|đang)\ chờ.{0,20}|đang\ tải|loading|trang|rss|aa?|a[+-]?
      |\d[\d.,/%]*)(?!\w)""", re.I | re.X)
_WORDLESS = re.compile(r"[\W_]+")

_MORE = re.compile(r"^\W*(?:>>|»|→|►|☛|xem thêm|đọc thêm|đọc tiếp|tin liên quan|bài liên quan|liên quan|mời (?:bạn|"
                   r"quý vị|độc giả) (?:đọc|xem|theo dõi)|"
                   r"tham khảo|xem)\s?[:>»\-–]", re.I)
_ADVERT = re.compile(r"^\W*(?:quảng cáo|advertisement|tài trợ|sponsored|\[?ad\]?)\b\W*(?:[-–:|].{0,200})?$", re.I)
_CREDIT = re.compile(r"^\W*(?:ảnh|photo|nguồn ảnh|ảnh minh (?:họa|hoạ)|hình|ảnh tư liệu|minh họa|đồ họa|clip|"
                     r"video)\s?[:.(]\s?.{0,60}$|"
                     r"[(\[.\s-]\s?(?:ảnh|nguồn ảnh|photo|hình)(?:\s(?:minh họa|minh hoạ|tư liệu|"
                     r"tl))?\s?[:/]\s?[^.]{2,60}[.)\]]{0,2}$|\((?:ảnh|hình)[^()]{0,60}\)\W*$|"
                     r"[.\s]ảnh\s?:\s?[^.]{2,40}\.?$|(?:ảnh|hình) minh (?:họa|hoạ)\W*$", re.I)

_ENDS_IN_MORE = re.compile(r"[\[(«»>.…\s](?:chi tiết|(?:xem|đọc) (?:tiếp|thêm|chi tiết)|read more|more)\W*$", re.I)
_WRITTEN = re.compile(r"^\W*(?:bài|tin|lời|nội dung|thực hiện|pv|phóng viên)\b[^.]{0,12}(?:ảnh|hình|clip)", re.I)


def heads_others(text: str) -> bool:
    """Above links to other stories."""
    return len(text) <= 90 and bool(_OTHERS.match(text))


def heads_readers(text: str) -> bool:
    """Above or in the comments of readers."""
    return len(text) <= 120 and bool(_READERS.match(text))


def ends_in_more(text: str) -> bool:
    """The summary of a story that is told elsewhere: "… [Chi tiết]", "… Xem tiếp"."""
    return bool(_ENDS_IN_MORE.search(text))


def imprint(text: str) -> bool:
    """Licence, editors, address, copyright, counters of visits."""
    return len(text) <= 400 and bool(_IMPRINT.search(text))


@lru_cache(maxsize=4096)
def tool(text: str) -> bool:
    """Made of buttons and counters only."""
    return len(text) <= 160 and not _WORDLESS.sub("", _TOOLS.sub("", text))


def points_elsewhere(text: str) -> bool:
    """An invitation to another story, or an advertisement, between the paragraphs."""
    return len(text) <= 260 and bool((_MORE.match(text) and not text.endswith(".")) or _ADVERT.match(text))


def credits_picture(text: str) -> bool:
    """Ends or begins as only captions do: with who took the picture."""
    return len(text) <= 300 and bool(_CREDIT.search(text)) and not _WRITTEN.match(text)


#: parts of class names and ids that tell furniture; a box that holds the page's own text is not believed
_NAMED = frozenset("""
    related relate lienquan tinlienquan bailienquan other others orther khac tinkhac baikhac cungchuyenmuc samecat
    most mostread mostview popular trending docnhieu xemnhieu tinmoi moinhat newest latest hotnews sidebar aside
    rightcol rightbar comment comments cmt binhluan feedback phanhoi ykien disqus share sharing social socials
    addthis sharethis breadcrumb breadcrumbs breadcum menu nav navbar navigation topnav mainnav subnav footer foot
    banner banners ad ads adv advs advert advertisement adsbygoogle quangcao qc sponsor sponsored tag tags tagcloud
    keyword keywords tukhoa rating rate vote danhgia toolbar tools pagination paging pager newsletter subscribe
    login signin register search searchbox timkiem copyright hotline counter thongke statistic statistics widget
    widgets weather thoitiet poll survey thamdo khaosat lienket weblink weblinks copyright suggest suggestion
    suggestions recommend recommended recommendation more morenews readmore viewmore boxnews relatednews relatedpost
    relatedposts relatedarticles itemrelated tinlq baivietlienquan cookie popup modal""".split())
_CAPTION = frozenset("""
    caption captions figcaption chuthich chuthichanh imgcaption imagecaption photocaption picturecaption imgdesc cap
    wpcaption imgcap photonote ghichuanh desc_image picdesc""".split())
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")


@lru_cache(maxsize=4096)
def named_furniture(names: str) -> bool:
    """What class names and ids say: `article-related`, `ctl00_cph_grvKhac`."""
    return any(part in _NAMED for part in _parts(names))


@lru_cache(maxsize=4096)
def named_caption(names: str) -> bool:
    return any(part in _CAPTION or part.endswith(("caption", "cap")) for part in _parts(names))


def _parts(names: str) -> set[str]:
    words = names[:500].split()
    whole = {re.sub(r"[\W_\d]", "", word).lower() for word in words}
    return whole | {part.lower() for word in words for part in _PART.findall(word)}
