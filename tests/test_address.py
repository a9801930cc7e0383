"""One page under many addresses has one key; two pages never share one."""
import pytest
from hypothesis import given, strategies as st

from corpus.address import canonical, home, host, key, whole


@pytest.mark.parametrize("other", [
    "http://baodienbien.example/tin/htx-che-123.html",
    "https://www.baodienbien.example/tin/htx-che-123.html",
    "https://m.baodienbien.example/tin/htx-che-123.html",
    "https://baodienbien.example/tin/htx-che-123.html/",
    "https://baodienbien.example/tin/htx-che-123.html?utm_source=zalo&fbclid=Iw0",
    "https://baodienbien.example/tin/htx-che-123.html#binhluan",
    "https://baodienbien.example/tin/htx-che-123.amp.html",
    "https://baodienbien.example/amp/tin/htx-che-123.html",
    "https://BaoDienBien.example:443/tin/htx-che-123.html",
])
def test_the_same_page_has_the_same_key(other):
    assert key(other) == key("https://baodienbien.example/tin/htx-che-123.html")


@pytest.mark.parametrize("other", [
    "https://baodienbien.example/tin/htx-che-124.html",
    "https://baodienbien.example/News.aspx?nid=552",
    "https://langson.example/News.aspx?nid=551",
    "https://baodienbien.example:8080/News.aspx?nid=551",
    "file:News.aspx@nid=551.html",
])
def test_different_pages_have_different_keys(other):
    assert key(other) != key("https://baodienbien.example/News.aspx?nid=551")


def test_the_order_of_parameters_does_not_matter():
    assert key("http://a.example/?id=1&m=nn") == key("http://a.example/index.php?m=nn&id=1")


def test_the_address_shown_is_whole_and_clean():
    assert canonical("HTTP://Bao.example/tin?id=5&utm_medium=x#top") == "http://bao.example/tin?id=5"
    assert canonical("file:seeds/000.txt") == "file:seeds/000.txt"


def test_hosts_and_front_pages():
    assert host("https://www.vca.org.vn/tin/1") == "vca.org.vn"
    assert host("file:000.txt") is None
    assert home("https://vca.org.vn/") and not home("https://vca.org.vn/?p=12")
    assert whole("http://x.example/a") and not whole("/a") and not whole("javascript:void(0)") and not whole(None)


@given(st.text(max_size=80))
def test_any_text_has_a_key(text):
    assert isinstance(key(text), str) and isinstance(canonical("http://" + text), str)
    assert key(key(text)) == key(key(text))


@given(st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z0-9/]{0,20}", fullmatch=True))
def test_the_key_of_the_canonical_address_is_the_key(url):
    assert key(canonical(url)) == key(url)
