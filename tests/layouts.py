"""One invented story, set as Vietnamese sites have set theirs from 2003 to today, with the furniture of each around it."""
from dataclasses import dataclass, field

TITLE = "Hợp tác xã chè Suối Giàng tự sao, tự bán"
LEAD = "Sau ba vụ bán chè búp tươi cho thương lái, 42 hộ người Mông ở xã vùng cao góp tiền dựng xưởng sao chè của chính mình."
TEXT = (
    "Ngày mới lập, hợp tác xã chỉ có một chảo gang mượn của nhà trưởng bản. Mẻ nào quá lửa thì cả xóm cùng uống chè khét.",
    "Đến cuối năm ngoái, xưởng đã có bốn máy sao, mỗi ngày làm được 300 kg chè búp. Giá bán bình quân 280.000 đồng/kg, gấp đôi lúc còn bán tươi.",
    "“Khó nhất không phải là vốn mà là giữ lời với nhau”, bà Giàng Thị Sua, Giám đốc hợp tác xã, nói. Ai hái lẫn lá già thì bị trả lại cả gùi.",
    "Huyện đang giúp làm hồ sơ sản phẩm OCOP. Nếu đạt bốn sao, hợp tác xã sẽ mở thêm một quầy hàng ở chợ trung tâm.",
)
AUTHOR = "Hoàng Thị Mến"
SITE = "Trang tin Vùng Chè"
OTHERS = ("Mưa đá làm hỏng ba mươi mái nhà ở bản Nậm Có", "Khai hội xuống đồng đầu xuân ở xã Nghĩa An", "Bàn giao cầu treo qua suối Thia cho người dân",
          "Tập huấn kỹ thuật ghép mắc ca cho đoàn viên")
SUMMARIES = ("Chính quyền xã đã huy động dân quân giúp các gia đình lợp lại mái trước khi trời tối.",
             "Lễ hội năm nay có thêm phần thi cày ruộng bậc thang, thu hút đông đảo du khách gần xa.",
             "Cây cầu dài 62 mét được xây bằng tiền quyên góp của các nhà hảo tâm trong cả nước.",
             "Lớp học kéo dài năm ngày, mỗi học viên được phát hai mươi cây giống để thực hành.")
MENU = ("Trang chủ", "Thời sự", "Kinh tế", "Nông nghiệp", "Văn hóa", "Xã hội", "Du lịch")


@dataclass(frozen=True)
class Layout:
    """A page and what a careful reader gets out of it."""
    name: str
    html: str | bytes
    title: str | None = TITLE
    published: str | None = "2021-11-19"
    byline: str | None = AUTHOR
    attribution: str | None = None
    body: tuple[str, ...] = (LEAD, *TEXT)
    out: tuple[str, ...] = field(default=OTHERS + SUMMARIES)    # must not stand in the text


def links(form: str = "<li><a href='/{0}.html'>{1}</a></li>") -> str:
    return "".join(form.format(i, text) for i, text in enumerate(OTHERS))


def teasers(form: str = "<p><a href='/{0}.html'>{1}</a></p><p>{2}</p>") -> str:
    return "".join(form.format(i, *pair) for i, pair in enumerate(zip(OTHERS, SUMMARIES)))


def menu(between: str = " ") -> str:
    return between.join(f"<a href='/{i}'>{name}</a>" for i, name in enumerate(MENU))


def paragraphs(form: str = "<p>{}</p>", texts: tuple[str, ...] = (LEAD, *TEXT)) -> str:
    return "".join(map(form.format, texts))


def page(head: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def _tables_of_2003() -> Layout:
    text = "".join(f"{line}<br><br>" for line in TEXT)
    return Layout("tables of 2003", f"""<html><head><title>..: {SITE} :..</title><meta http-equiv=Content-Type content="text/html; charset=utf-8"></head><body>
<table width=780 align=center><tr><td colspan=3>{SITE} - Thứ Hai, 05/06/2023</td></tr><tr><td width=130>{"<br>".join(MENU)}<br>Số khách: 12.004</td>
<td valign=top><font size=4 color=navy><b>{TITLE}</b></font><br><font size=1>19/11/2021 08:15</font><br><br><b>{LEAD}</b><br><br>{text}<div align=right><i>{AUTHOR}</i></div>
<hr><b>Bài cùng mục</b><br>{"<br>".join("+ " + o for o in OTHERS)}</td><td width=140>{teasers("<b><a href={0}>{1}</a></b><br>{2}<br>")}</td></tr>
<tr><td colspan=3 align=center>(C) 2004. Giấy phép số 12/GP-TTĐT ngày 3/3/2004</td></tr></table></body></html>""")


def _json_ld() -> Layout:
    data = ('{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "%s", "dateCreated": "2015-01-01"}, {"@type": "ItemList", "itemListElement": '
            '[{"@type": "NewsArticle", "headline": "%s", "datePublished": "2022-01-01"}]}, {"@type": "NewsArticle", "headline": "%s", '
            '"datePublished": "2021-11-18T23:30:00Z", "dateModified": "2023-02-02T00:00:00Z", "author": {"@type": "Person", "name": "%s"}}]}') % (SITE, OTHERS[0], TITLE, AUTHOR)
    return Layout("JSON-LD, opaque names", page(
        f"<title>{TITLE} | {SITE}</title><script type='application/ld+json'>{data}</script>",
        f"<div class=_a>{menu()}</div><div class=_b><div class=_c><div class=_d role=heading>{TITLE}</div><div class=_e>{paragraphs('<div class=_f>{}</div>')}</div></div>"
        f"<div class=_g><div class=_h>Đọc tiếp</div>{teasers('<div class=_i><a href={0}>{1}</a><time>2/1/2019</time><div>{2}</div></div>')}</div></div>"))


def _amp() -> Layout:
    return Layout("AMP", page(
        f"<title>{TITLE}</title><link rel=canonical href=https://vungche.example/suoi-giang-1.html><meta property='article:published_time' content='2021-11-19T07:00:00+07:00'>",
        f"<header><a href=/>{SITE}</a></header><amp-sidebar><ul>{links()}</ul></amp-sidebar><article><h1>{TITLE}</h1><h2>{LEAD}</h2>"
        f"<amp-img src=a.jpg></amp-img><p class=caption>Sao chè bằng chảo gang</p>{paragraphs(texts=TEXT)}<p><strong>{AUTHOR}</strong></p></article>"
        f"<div><h3>Có thể bạn quan tâm</h3><ul>{links()}</ul></div>"))


def _portal() -> Layout:
    rows = "".join(f"<tr><td><a href=#>{o}</a></td><td>0{i}/02/2020</td></tr>" for i, o in enumerate(OTHERS, 1))
    return Layout("ASP.NET portal", page(
        f"<title>Tin tức - Sự kiện - {SITE}</title>",
        f"<form id=aspnetForm><input type=hidden value='{'AbC9' * 900}'><div id=ctl00_top><span>Hôm nay: 05/06/2023 17:46:10</span>{menu()}</div><div id=ctl00_main>"
        f"<span id=ctl00_lblTieuDe class=x1>{TITLE}</span><br><span class=x2>19/11/2021 4:37:00 CH</span><div id=ctl00_tomtat>{LEAD}</div><div id=ctl00_noidung>{paragraphs(texts=TEXT)}"
        f"<p style='text-align:right'>{AUTHOR}</p></div><table><tr><th>Tin khác</th><th>Ngày</th></tr>{rows}</table></div><div>Giấy phép 115/GP-TTĐT ngày 19/9/2011</div></form>"))


def _glued() -> Layout:
    texts = (*TEXT[:-1], f"{TEXT[-1]}{AUTHOR}")
    return Layout("author glued to the text", page(
        f"<title>{TITLE} - {SITE}</title>",
        f"<div id=hd>{SITE} | Thứ Bảy, 12/01/2019</div><ul>{links('<li>{1}</li>')}</ul><div id=nd><h1>{TITLE}</h1><p>Thứ 6, 19/11/2021 | 09:24:05</p><p><strong>{LEAD}</strong></p>"
        f"<div>{paragraphs(texts=texts)}</div></div><div id=lq><p>Tin cùng chuyên mục</p>{links('<p><a href={0}>{1}</a></p>')}</div>"))


def _related_inside() -> Layout:
    inside = f"<div class=q7><b>Tin liên quan</b><ul>{links()}</ul></div>"
    advert = "<div>Quảng cáo</div><p>&gt;&gt; Xem thêm: <a href=/9>Vé xe Tết giảm giá</a></p>"
    return Layout("other stories inside the text", page(
        f"<title>{TITLE}</title>",
        f"<div>{menu(' | ')}</div><div class=w><h1>{TITLE}</h1><div>09.12.2021</div><p><b>{LEAD}</b></p><p>{TEXT[0]}</p>{inside}<p>{TEXT[1]}</p>{advert}<p>{TEXT[2]}</p><p>{TEXT[3]}</p>"
        f"<p align=right><b>Bài, ảnh: {AUTHOR}</b></p></div><div>{teasers()}</div>"), published="2021-12-09", out=(*OTHERS, *SUMMARIES, "Vé xe Tết"))


def _blogger() -> Layout:
    return Layout("Blogger", page(
        f"<title>{SITE}: {TITLE}</title>",
        f"<div id=header><h1 class=blogtitle><a href=/>{SITE}</a></h1></div><div id=main><h2 class=date-header>Thứ Sáu, 19 tháng 11, 2021</h2><div class=post><h3 class=post-title>{TITLE}</h3>"
        f"<div class=post-body>{paragraphs('<div>{}</div>')}</div><div class=post-footer>Người đăng: <span>{AUTHOR}</span> vào lúc 20:31 Nhãn: <a href=#>chè</a></div></div>"
        f"<div class=comments><h4>1 nhận xét:</h4><p>Nặc danh nói... {SUMMARIES[0]}</p></div></div><div id=sidebar><h2>Lưu trữ</h2><ul>{links()}</ul></div>"))


def _wordpress() -> Layout:
    return Layout("WordPress", page(
        f"<title>{TITLE} &#8211; {SITE}</title><meta property='article:modified_time' content='2023-01-01T00:00:00+07:00'>",
        f"<header>{menu()}</header><article class='post tag-htx'><h1 class=entry-title>{TITLE}</h1><div>Đăng ngày <time datetime='2021-11-19T09:00:00+07:00'>19 Tháng Mười Một, 2021</time> bởi "
        f"<a href=/author>{AUTHOR}</a></div><div class=entry-content>{paragraphs()}<div class=sharedaddy><h3>Chia sẻ:</h3><ul><li><a href=#>Facebook</a></li></ul></div></div></article>"
        f"<aside><section><h2>Bài viết mới</h2><ul>{links()}</ul></section></aside><div id=comments><h3>2 bình luận</h3><p>{SUMMARIES[1]}</p></div>"))


def _two_columns() -> Layout:
    return Layout("a column of teasers first", page(
        f"<title>{SITE}</title>",
        f"<div class=top>{SITE}<span>Thứ Hai, ngày 5 tháng 6 năm 2023</span></div><div class=l><h3>Tin mới nhất</h3>{teasers('<h4><a href={0}>{1}</a></h4><p>{2}</p>')}</div>"
        f"<div class=c><div class=tt>{TITLE}</div><div class=dd>( 19-11-2021 09:24:05 )</div><div class=b1>{paragraphs(texts=(LEAD, *TEXT[:2]))}</div><div class=adv>Quảng cáo</div>"
        f"<div class=b2>{paragraphs(texts=TEXT[2:])}<p><i>Theo Báo Yên Hà</i></p></div></div>"), byline=None, attribution="Báo Yên Hà")


def _next_story() -> Layout:
    return Layout("the next story below", page(
        f"<title>{TITLE} - {SITE}</title>",
        f"<div>{menu()}</div><main><article><h1>{TITLE}</h1><p>9:47, Thứ Sáu, 19-11-2021</p>{paragraphs()}<p class=author>{AUTHOR.upper()}</p></article>"
        f"<article><h1>{OTHERS[0]}</h1><p>9:00, Thứ Năm, 18-11-2021</p>{paragraphs(texts=SUMMARIES)}{paragraphs(texts=SUMMARIES)}</article></main>"), out=SUMMARIES)


def _flat() -> Layout:
    return Layout("no boxes at all", f"<meta charset=utf-8><title>{SITE}</title><center><font size=6>{SITE}</font><br>{menu(' | ')}</center><hr><font size=5><b>{TITLE}</b></font><br>"
                  f"<font size=2>Ngày 19 tháng 11 năm 2021</font><p><b>{LEAD}</b><p>{'<p>'.join(TEXT)}<p align=right><i>({AUTHOR})</i><hr>Các tin khác:<ul>{links()}</ul>")


def _no_date() -> Layout:
    return Layout("hours ago, without a clock", page(
        f"<title>{TITLE}</title>",
        f"<div>{menu()}</div><div><h1>{TITLE}</h1><p class=by>{AUTHOR} <span>•</span> 3 giờ trước <span>•</span> 4 phút đọc</p>{paragraphs()}</div>"
        f"<div>{links('<p><a href={0}>{1}</a> <i>1 giờ trước</i></p>')}</div><div>Thành lập 2014. Giấy phép 61/GP ngày 1/4/2014</div>"), published=None)


def _hours_ago() -> Layout:
    return Layout("hours ago, with a clock", page(
        f"<title>{TITLE}</title>", f"<div class=top>{SITE} <span>Thứ Sáu, 19/11/2021 21:40</span></div><div>{menu()}</div><div class=b><h1>{TITLE}</h1>"
        f"<p>{AUTHOR} • 5 giờ trước</p>{paragraphs()}</div><div><h3>Tin khác</h3><ul>{links()}</ul></div>"))


LAYOUTS = [make() for make in (_tables_of_2003, _json_ld, _amp, _portal, _glued, _related_inside, _blogger, _wordpress, _two_columns, _next_story, _flat, _no_date, _hours_ago)]
