"""An article becomes a document: what it is about, each value with the words that tell."""
from corpus.article import Article
from corpus.document import describe, id_of
from corpus.evidence import Evidence

STORY = """Sáng 15/9, UBND huyện Lạc Sơn, tỉnh Hòa Bình tổ chức hội nghị triển khai Nghị quyết số 20-NQ/TW, ngày 16/6/2022 về kinh tế tập thể.
Cùng với đó là Nghị quyết số 06-NQ/TU của Tỉnh ủy. Toàn tỉnh Hòa Bình có 433 hợp tác xã với 12.460 thành viên."""


def test_each_value_points_at_its_words():
    article = Article("https://bao.example/kinh-te/1.html", title="Lạc Sơn phát triển hợp tác xã", body=STORY,
                      published=Evidence("2022-09-15", "JSON-LD", quote="2022-09-15T08:00:00+07:00"))
    document = describe(article)
    assert [one.value for one in document.provinces] == ["hoa-binh"]
    assert (document.year.value, document.year.inferred) == ("2022", False)
    resolution, = document.resolutions
    assert resolution.value == "nq20"
    assert article.text[resolution.start:resolution.end].startswith("Nghị quyết số 20-NQ/TW, ngày 16/6/2022")
    assert [one.value for one in document.other_resolutions] == ["06-NQ/TU"]
    assert {(one.measure, one.value) for one in document.figures} >= {("htx", 433), ("thanh_vien", 12_460)}
    assert document.copy_of is None


def test_the_date_of_publication_tells_which_resolution_can_be_meant():
    body = "Hợp tác xã học Nghị quyết của Trung ương về kinh tế tập thể."
    late = Evidence("2010-01-01", "meta")
    assert [one.value for one in describe(Article("u", body=body)).resolutions] == ["mo-ho"]
    assert [one.value for one in describe(Article("u", body=body, published=late)).resolutions] == ["nq13"]


def test_one_page_has_one_id_under_all_its_addresses():
    ids = {id_of(url) for url in ("https://www.bao.example/a.html", "http://bao.example/a.html?utm_source=zalo", "https://m.bao.example/a.html#x")}
    assert len(ids) == 1 and len(ids.pop()) == 16
    assert id_of("file:a.txt") != id_of("file:b.txt")


def test_an_empty_article_is_about_nothing():
    document = describe(Article("file:empty.txt"))
    assert not (document.provinces or document.year or document.resolutions or document.other_resolutions or document.figures)
