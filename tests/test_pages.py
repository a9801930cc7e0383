"""Folders and files become pages: in order, bounded, and nothing is lost without a word."""
import gzip
import io
import json
import lzma
import os
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from corpus import pages as module
from corpus.reading import archives
from corpus.article import Article, read
from corpus.pages import Meter, Page, Skipped, pages, size_of

HTML = "<html><head><title>Hợp tác xã</title></head><body><p>Đồng lúa chín.</p></body></html>".encode()
SHARED = Path(__file__).resolve().parents[2] / "shared"


def reasons(found):
    return {page.where: page.reason for page in found if isinstance(page, Skipped)}


def urls(found):
    return [page.url for page in found if isinstance(page, Page)]


def test_files_come_in_a_stable_order_with_their_path_below_the_folder(tmp_path):
    for name in ("b/2.html", "b/10.htm", "a/c/d.xhtml", "z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(HTML)
    found = list(pages([tmp_path]))
    assert urls(found) == ["file:a/c/d.xhtml", "file:b/10.htm", "file:b/2.html", "file:z.txt"]
    assert [page.media for page in found] == ["html", "html", "html", "text"]
    assert all(page.saved.tzinfo for page in found)
    assert not any(str(tmp_path) in page.url for page in found)


def test_one_file_is_named_by_its_name(tmp_path):
    (tmp_path / "bài viết.html").write_bytes(HTML)
    assert urls(pages([str(tmp_path / "bài viết.html")])) == ["file:bài viết.html"]


def test_the_comment_of_a_browser_tells_the_address(tmp_path):
    saved = b"\n<!-- saved from url=(0041)https://bao.example/tin/htx-cam-cao-phong -->\n" + HTML
    (tmp_path / "x.html").write_bytes(saved)
    assert urls(pages([tmp_path])) == ["https://bao.example/tin/htx-cam-cao-phong"]


def test_what_a_browser_saves_beside_a_page_is_no_page(tmp_path):
    (tmp_path / "bai.html").write_bytes(HTML)
    (tmp_path / "bai_files").mkdir()
    (tmp_path / "bai_files" / "frame.html").write_bytes(HTML)
    (tmp_path / "my_files").mkdir()
    (tmp_path / "my_files" / "khac.html").write_bytes(HTML)
    assert urls(pages([tmp_path])) == ["file:bai.html", "file:my_files/khac.html"]


def test_assets_are_passed_over_and_other_files_named(tmp_path):
    for name in ("style.css", "a.JPG", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "baocao.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "trong").write_bytes(b"")
    (tmp_path / "News.aspx@nid=551").write_bytes(HTML)
    found = list(pages([tmp_path]))
    assert urls(found) == ["file:News.aspx@nid=551"]
    assert set(reasons(found)) == {"baocao.docx", "trong"}


def test_links_in_a_circle_end(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.html").write_bytes(HTML)
    (tmp_path / "a" / "b").symlink_to(tmp_path, target_is_directory=True)
    found = list(pages([tmp_path]))
    assert urls(found) == ["file:a/1.html"] and reasons(found) == {"a/b": "a link back to a folder above it"}


def test_what_is_not_there_or_not_allowed_has_a_reason(tmp_path, monkeypatch):
    (tmp_path / "khuất.html").symlink_to(tmp_path / "nowhere.html")
    (tmp_path / "khóa.html").write_bytes(HTML)
    os.mkfifo(tmp_path / "ống.html")
    plain = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: plain(path) if path.name != "khóa.html" else _denied())
    found = list(pages([tmp_path, tmp_path / "không có"]))
    assert reasons(found) == {"khuất.html": "not there, or a link to nothing", "khóa.html": "no permission to read it",
                              "ống.html": "not a regular file", "không có": "not there, or a link to nothing"}


def _denied():
    raise PermissionError(13, "Permission denied")


def test_a_page_beyond_all_bounds_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1000)
    (tmp_path / "to.html").write_bytes(HTML * 100)
    assert list(reasons(pages([tmp_path]))) == ["to.html"]


def rows(*given):
    return "\n".join(json.dumps(row, ensure_ascii=False) if isinstance(row, dict) else row for row in given).encode()


def test_rows_of_json_lines(tmp_path):
    (tmp_path / "tin.jsonl").write_bytes(rows(
        {"url": "https://bao.example/1", "title": "Tên", "text": "Ngắn.", "source": "Báo", "published": "2021-11-19"},
        {"id": "a7", "text": "Không có địa chỉ."}, {"text": "Không có gì."}, {"url": "https://bao.example/2", "html": HTML.decode()},
        "", "{không phải json", {"title": "không có chữ nào"}, "[1]"))
    found = list(pages([tmp_path]))
    first, second, third, fourth = (page for page in found if isinstance(page, Page))
    assert (first.url, first.media, first.title, first.source, first.published) == ("https://bao.example/1", "record", "Tên", "Báo", "2021-11-19")
    assert second.url == "file:tin.jsonl#a7" and third.url.startswith("sha:") and fourth.media == "html"
    assert list(reasons(found)) == ["tin.jsonl:6", "tin.jsonl:7", "tin.jsonl:8"]


def test_a_row_with_text_is_an_article_however_short(tmp_path):
    (tmp_path / "tin.jsonl").write_bytes(rows({"id": 1, "text": "Được mùa."}))
    article = read(next(pages([tmp_path])))
    assert article == Article("file:tin.jsonl#1", body="Được mùa.")


@pytest.mark.parametrize("pack, name", [(gzip.compress, "tin.jsonl.gz"), (lzma.compress, "tin.jsonl.xz")])
def test_packed_rows_and_packed_rows_cut_off(tmp_path, pack, name):
    many = rows(*({"id": i, "text": f"Hợp tác xã số {i * 7919}"} for i in range(5000)))
    packed = pack(many)
    (tmp_path / name).write_bytes(packed)
    assert len(urls(pages([tmp_path]))) == 5000
    (tmp_path / name).write_bytes(packed[:len(packed) // 2])
    found = list(pages([tmp_path]))
    assert len(reasons(found)) == 1 and "cut off" in next(iter(reasons(found).values()))
    (tmp_path / name).write_bytes(b"not packed at all")
    assert len(reasons(pages([tmp_path]))) == 1


def test_a_line_that_unpacks_to_a_flood_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST", 1 << 16)
    flood = b'{"text": "' + b"a" * (1 << 20) + b'"}\n' + rows({"id": 2, "text": "Sau cơn lũ."})
    (tmp_path / "bom.jsonl.gz").write_bytes(gzip.compress(flood))
    found = list(pages([tmp_path]))
    assert urls(found) == ["file:bom.jsonl.gz#2"] and list(reasons(found)) == ["bom.jsonl.gz:1"]


def warc(*records):
    warcwriter = pytest.importorskip("warcio.warcwriter")
    http = pytest.importorskip("warcio.statusandheaders")
    out = io.BytesIO()
    writer = warcwriter.WARCWriter(out, gzip=True)
    for url, status, kind, body in records:
        headers = http.StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers,
                                                      warc_headers_dict={"WARC-Date": "2022-01-05T03:04:05Z"}))
    return out.getvalue()


def test_web_archives(tmp_path):
    (tmp_path / "luu.warc.gz").write_bytes(warc(
        ("https://bao.example/1", "200 OK", "text/html; charset=windows-1258", HTML), ("https://bao.example/a.png", "200 OK", "image/png", b"\x89"),
        ("https://bao.example/2", "404 Not Found", "text/html", HTML)))
    found = list(pages([tmp_path]))
    page = found[0]
    assert (page.url, page.charset, page.saved) == ("https://bao.example/1", "windows-1258", datetime(2022, 1, 5, 3, 4, 5, tzinfo=timezone.utc))
    assert reasons(found) == {"luu.warc.gz:3": "answered 404"} and len(found) == 2


def test_a_web_archive_cut_off_gives_what_it_has(tmp_path):
    whole = warc(*((f"https://bao.example/{i}", "200 OK", "text/html", HTML + os.urandom(3000)) for i in range(9)))
    (tmp_path / "luu.warc.gz").write_bytes(whole[:len(whole) * 3 // 5])
    found = list(pages([tmp_path]))
    assert urls(found) == [f"https://bao.example/{i}" for i in range(5)]
    assert reasons(found) == {"luu.warc.gz:6": "cut off in the middle"}
    (tmp_path / "luu.warc.gz").write_bytes(b"rubbish" * 99)
    assert len(reasons(pages([tmp_path]))) == 1


def test_mhtml(tmp_path):
    message = (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://bao.example/tin/9\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
               b'Content-Type: multipart/related; type="text/html"; boundary="--B"\r\n\r\n----B\r\nContent-Type: text/html; charset=utf-8\r\n'
               b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>H=E1=BB=A3p t=C3=A1c x=C3=A3</p>\r\n----B--\r\n")
    (tmp_path / "x.mhtml").write_bytes(message)
    (tmp_path / "y.mht").write_bytes(b"Subject: nothing\r\n\r\nplain")
    found = list(pages([tmp_path]))
    assert found[0].url == "https://bao.example/tin/9" and "Hợp tác xã" in found[0].content.decode()
    assert list(reasons(found)) == ["y.mht"]


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=400), name=st.sampled_from(["x.jsonl", "x.jsonl.gz", "x.jsonl.xz", "x.warc", "x.warc.gz", "x.mht", "x.html", "x.txt", "x"]))
def test_any_bytes_in_any_file_give_pages_or_reasons(tmp_path_factory, content, name):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    assert all(isinstance(found, (Page, Skipped)) for found in pages([path]))


def test_pages_are_a_stream(tmp_path):
    (tmp_path / "tin.jsonl").write_bytes(rows(*({"id": i, "text": "Hợp tác xã"} for i in range(100_000))))
    found = pages([tmp_path])
    assert next(found).url == "file:tin.jsonl#0"
    found.close()


def test_the_same_path_below_two_folders_given_is_two_pages(tmp_path):
    html = "<h1>Hợp tác xã</h1><p>{}</p>"
    for year in ("2021", "2022", "x/pages", "y/pages"):
        (tmp_path / year / "a").mkdir(parents=True)
        (tmp_path / year / "a" / "b.html").write_text(html.format(year), encoding="utf-8")
    given = [tmp_path / name for name in ("2021", "2022", "x/pages", "y/pages")]
    assert urls(pages(given[:2])) == ["file:a/b.html", "file:2022/a/b.html"]
    assert urls(pages(given[::-1])) == ["file:a/b.html", "file:x/pages/a/b.html", "file:2022/a/b.html", "file:2021/a/b.html"]
    assert urls(pages([given[0], given[1] / "a" / "b.html", given[3] / "a" / "b.html"])) == ["file:a/b.html", "file:b.html", "file:pages/a/b.html"]


def test_a_file_given_twice_is_read_once(tmp_path):
    (tmp_path / "a").mkdir()
    for name in ("a/b.txt", "a/c.txt"):
        (tmp_path / name).write_text("Hợp tác xã", encoding="utf-8")
    assert urls(pages([tmp_path, tmp_path / "a", tmp_path / "a" / "b.txt"])) == ["file:a/b.txt", "file:a/c.txt"]
    assert urls(pages([tmp_path / "a" / "b.txt", tmp_path / "a"])) == ["file:b.txt", "file:c.txt"]


def test_a_meter_ends_at_the_size_of_the_inputs_and_never_goes_back(tmp_path):
    (tmp_path / "a.html").write_text("<h1>Hợp tác xã</h1>", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"x" * 500)
    rows = "".join(json.dumps({"text": f"Hợp tác xã số {n} bán {n * 7919} tấn"}) + "\n" for n in range(30_000)).encode()
    (tmp_path / "b.jsonl").write_bytes(rows)
    (tmp_path / "c.jsonl.xz").write_bytes(lzma.compress(rows))
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(rows))
    meter, seen = Meter(), []
    for _ in pages([tmp_path, tmp_path / "none"], meter):
        seen.append(meter.done)
    assert seen == sorted(seen) and meter.done == size_of([tmp_path]) > len(rows)
    assert len(set(seen)) > 20      # it moves within files too
