"""The sample becomes the README's pictures: python benchmarks/pictures.py [FOLDER]. Needs Playwright and a Chromium or Chrome."""
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import waitress
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from index.rebuild import rebuild  # noqa: E402  the checkout stands before any installed version
from search.opening import verify  # noqa: E402
from web import create_app  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: name → (address, width, height, theme)
PICTURES = {
    "search": ("/?q=HTX+nông+nghiệp&nam=2021&nam=2022", 1280, 900, "light"),
    "search-dark": ("/?q=HTX+nông+nghiệp&nam=2021&nam=2022", 1280, 900, "dark"),
    "phone": ("/?q=HTX", 360, 740, "light"),
    "coverage": ("/do-phu", 1280, 800, "light"),
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        rebuild([ROOT / "corpus" / "sample"], Path(data), verify=verify(Path(data)))
        server = waitress.create_server(create_app(Path(data)), host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        take(f"http://127.0.0.1:{server.effective_port}", folder)
        server.close()


def take(site: str, folder: Path) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=next(filter(None, map(shutil.which, BROWSERS)), None), args=FLAGS)
        for name, (address, width, height, theme) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme, locale="vi-VN")
            page.goto(site + address)
            if name == "search":
                article = page.locator(".hit h3 a").first.get_attribute("href")
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        page.goto(site + article)
        page.screenshot(path=folder / "article.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
