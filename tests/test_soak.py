"""What keeps working, in the hundreds: kills, full disks, flipped bytes, load, strange input. `make soak`, or a share of it.

$SOAK is the share of the whole, 1 by default; the whole writes its figures to docs/soak.md.
"""
import json
import lzma
import os
import random
import re
import resource
import signal
import statistics
import string
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
from werkzeug.datastructures import MultiDict

from corpus.article import Article, NoArticle, read
from corpus.pages import Page
from index import generations
from index.rebuild import rebuild
from search import DamagedIndex, NoIndex, Query, open_engine
from search.opening import Following, verify
from search.terms import read as read_words
from demo import app
from test_serving import get, server

pytestmark = pytest.mark.soak
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
WRITTEN = ROOT / "docs" / "soak.md"
SHARE = float(os.environ.get("SOAK", "1"))
CLIENTS, MINUTES = 16, 5
WORDS = ("hợp tác xã", "hop tac xa", "HTX", '"kinh tế tập thể"', "lúa -cá", "nq:20", "tinh:an-giang", "thành viên 2022", "doanh thu bình quân")


def share(count):
    return max(3, round(count * SHARE))


@pytest.fixture(scope="module")
def figures():
    """What was seen, by name. A whole soak writes it down, in the place of what an earlier one saw of the same."""
    found = {}
    yield found
    print("\n" + rows(found))
    if SHARE >= 1 and found:
        earlier = re.findall(r"^\| (.+?) \| (.+?) \|$", WRITTEN.read_text(encoding="utf-8"), re.MULTILINE) if WRITTEN.exists() else []
        kept = {name: value for name, value in earlier if name != "what"}
        WRITTEN.write_text("# What a whole soak saw\n\nWritten by `make soak`, whose parts can be run by themselves (`make soak ARGS=\"-k load\"`)."
                           f" The machine had {os.cpu_count()} cores.\n\n| what | seen |\n|---|---|\n{rows(kept | found)}\n", encoding="utf-8")


def rows(told):
    return "\n".join(f"| {name} | {value} |" for name, value in told.items())


def pages(path, count, mark=""):
    path.write_text("".join(json.dumps({
        "url": f"https://bao.example/{n}", "title": f"Hợp tác xã số {n} {mark}", "published": f"{2015 + n % 9}-03-01",
        "text": f"HTX lúa số {n} ở huyện Tri Tôn, tỉnh An Giang có {n + 7} thành viên theo Nghị quyết số 20-NQ/TW. " * 5},
        ensure_ascii=False) + "\n" for n in range(count)), encoding="utf-8")
    return path


def build(root, *paths):
    return rebuild(paths, root, verify=verify(root))


def command(*words, limit=None):
    def bounded():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    return subprocess.Popen([sys.executable, "-W", "ignore", "-c", "from web.cli import main; main()", *map(str, words)], cwd=ROOT,
                            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, preexec_fn=bounded if limit else None)


@contextmanager
def readers(root, allowed):
    """Queries without pause while the context lasts: (how many, what went wrong)."""
    following, stop, tally, wrong = Following(root), threading.Event(), [0], []

    def ask():
        while not stop.is_set():
            try:
                found = following().search(Query("hợp tác xã", size=100))
                if found.total not in allowed or len(found.hits) != min(found.total, 100):
                    wrong.append(found.total)
            except Exception as error:      # whatever it is, it is a failed request
                wrong.append(repr(error))
            tally[0] += 1
            time.sleep(.002)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield tally, wrong
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_killed_rebuilds_under_queries(tmp_path, figures):
    var, old, new = tmp_path / "var", pages(tmp_path / "old.jsonl", 60), pages(tmp_path / "new.jsonl", 90, "mới")
    build(var, old)
    began = time.monotonic()
    command("rebuild", new, "--data", var).wait()
    took, rng, kills = time.monotonic() - began, random.Random(1), share(200)
    with readers(var, {60, 90}) as (asked, wrong):
        for n in range(kills):
            process = command("rebuild", rng.choice((old, new)), "--data", var)
            try:
                process.wait(rng.uniform(.1, 1.1) * took)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            assert open_engine(var).about().documents in (60, 90), n
    assert not wrong
    assert build(var, new).manifest.documents == 90 and not list(var.glob("*.building"))
    figures["SIGKILL at random moments of a rebuild"] = f"{kills} kills, {asked[0]:,} queries meanwhile: 0 failed, 0 wrong; the index always opened"


def test_a_full_disk(tmp_path, figures):
    var, old = tmp_path / "var", pages(tmp_path / "old.jsonl", 60)
    name = build(var, old).manifest.name
    largest = max(p.stat().st_size for p in (var / name).rglob("*"))
    new, tries = pages(tmp_path / "new.jsonl", 400, "mới"), share(20)
    with readers(var, {60}) as (asked, wrong):
        for limit in random.Random(2).sample(range(1000, largest), tries):
            process = command("rebuild", new, "--data", var, limit=limit)
            said = process.communicate()[1]
            assert process.returncode == 2 and "Traceback" not in said, said[-2000:]
            assert generations.live(var)[0].name == name and not list(var.glob("*.building"))
    assert not wrong and build(var, new).manifest.documents == 400
    figures["no room on the disk (files bounded)"] = f"{tries} rebuilds refused with exit 2, {asked[0]:,} queries meanwhile: 0 failed"


def test_a_data_folder_that_cannot_be_written(tmp_path, figures):
    var, old = tmp_path / "var", pages(tmp_path / "old.jsonl", 20)
    build(var, old)
    if os.geteuid() == 0:
        blocked = tmp_path / "file"
        blocked.write_text("")
        process = command("rebuild", old, "--data", blocked / "var")
    else:
        var.chmod(0o555)
        process = command("rebuild", old, "--data", var)
    said = process.communicate()[1]
    var.chmod(0o755)
    assert process.returncode == 2 and "Traceback" not in said and "timhtx:" in said
    assert open_engine(var).about().documents == 20


def test_a_new_generation_that_was_corrupted_is_never_published(tmp_path, figures):
    var, old = tmp_path / "var", pages(tmp_path / "old.jsonl", 40)
    name = build(var, old).manifest.name
    refused = 0
    for n in range(share(30)):
        def corrupt(folder, documents, rng=random.Random(n)):
            file = max((p for p in folder.iterdir() if p.is_file()), key=lambda p: (rng.random() < .5, p.stat().st_size))
            file.write_bytes(file.read_bytes()[:file.stat().st_size // 2])
            verify(var)(folder, documents)
        try:
            rebuild([old], var, verify=corrupt)
        except Exception:
            refused += 1
            assert generations.live(var)[0].name == name
        name = generations.live(var)[0].name
        assert open_engine(var).search(Query("hợp tác xã")).total == 40
    figures["a file of the new generation cut in half"] = f"{refused} of {share(30)} refused before publishing"


def test_every_flipped_byte_is_found_by_check(tmp_path, figures):
    var = tmp_path / "var"
    build(var, pages(tmp_path / "a.jsonl", 60))
    build(var, pages(tmp_path / "a.jsonl", 80))
    folder, _ = generations.live(var)
    files = [p for p in folder.rglob("*") if p.is_file() and p.stat().st_size] + [var / "CURRENT"]
    rng, flips, found = random.Random(3), share(200), 0
    for _ in range(flips):
        file = rng.choice(files)
        whole = file.read_bytes()
        at = rng.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1:])
        try:
            found += bool(generations.damage(*generations.live(var)))
        except (DamagedIndex, NoIndex):
            found += 1
            try:
                assert Following(var)().about().documents in (60, 80)
            except (DamagedIndex, NoIndex):
                pass                # or it says so
        file.write_bytes(whole)
    assert found == flips and generations.damage(*generations.live(var)) == []
    figures["single flipped bits anywhere in a generation, its manifest and CURRENT"] = f"{found} of {flips} found by check"


HELLO = """
import sys
from gunicorn.app.base import BaseApplication
from flask import Flask
class Server(BaseApplication):
    def load_config(self):
        for k, v in {"bind": "127.0.0.1:0", "workers": 2, "worker_class": "gthread", "threads": 4, "loglevel": "error",
                     "when_ready": lambda s: print("http://127.0.0.1:%d" % s.LISTENERS[0].sock.getsockname()[1], file=sys.stderr, flush=True)}.items():
            self.cfg.set(k, v)
    def load(self):
        app = Flask("hello")
        app.add_url_rule("/", "hello", lambda: "hello")
        return app
Server().run()
"""


@contextmanager
def hello():
    process = subprocess.Popen([sys.executable, "-c", HELLO], stderr=subprocess.PIPE, text=True)
    try:
        yield process, process.stderr.readline().strip()
    finally:
        process.terminate()
        process.wait(20)


def loaded(addresses, seconds):
    """(milliseconds of every request, errors), from CLIENTS threads."""
    took, errors, until = [], [], time.monotonic() + seconds

    def ask(seed):
        rng = random.Random(seed)
        while time.monotonic() < until:
            began = time.perf_counter()
            try:
                get(rng.choice(addresses))
            except HTTPError as error:
                if error.code != 400:       # what the API says of words it cannot read
                    errors.append(error)
            except OSError as error:
                errors.append(error)
            took.append((time.perf_counter() - began) * 1000)

    clients = [threading.Thread(target=ask, args=(n,)) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return took, errors


def memory(pid):
    """Kilobytes of a server and its workers that belong to them alone."""
    pids = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return sum(int(line.split()[1]) for p in pids for line in Path(f"/proc/{p}/smaps_rollup").read_text().splitlines()
               if line.startswith(("Private_Clean", "Private_Dirty")) and "Clean" not in line)


def real(path, name, count):
    """The first articles and queries of the development sets where these lie beside, else made ones."""
    corpus = SHARED / "corpora" / "news-50k.jsonl.xz"
    if not corpus.exists():
        return pages(path, count), list(WORDS)
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, count)), encoding="utf-8")
    asked = [json.loads(line)["text"] for line in (SHARED / "relevance" / name / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return path, [*WORDS, *asked[::max(1, len(asked) // 200)]]


def test_load(tmp_path, figures):
    documents = share(50_000)
    corpus, asked = real(tmp_path / "pages.jsonl", "news_knownitem", documents)
    build(tmp_path / "var", corpus)
    seconds = max(10, MINUTES * 60 * SHARE)
    with server(tmp_path) as (process, base):
        addresses = [f"{base}/{path}?q={quote(words)}" for words in asked for path in ("", "api/search")]
        loaded(addresses, seconds)      # until the caches are as full as they get
        before = memory(process.pid)
        took, errors = loaded(addresses, seconds)
        after = memory(process.pid)
    assert not errors
    assert after <= before * (1.05 if SHARE >= 1 else 1.5)      # a short run ends while caches still fill
    with hello() as (_, base):
        bare, _ = loaded([base], max(5, seconds / 10))
    figures[f"load: {CLIENTS} clients, {documents:,} articles, {len(asked)} queries, {seconds:.0f} s"] = \
        f"{rate(took, seconds)}; 0 errors; memory {before:,} → {after:,} kB"
    figures["a bare Flask “hello” in the same run"] = rate(bare, max(5, seconds / 10))


def rate(times, seconds):
    p99 = statistics.quantiles(times, n=100)[98]
    return f"{len(times) / seconds:,.0f} requests/s, p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms"


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ̀́" + string.ascii_uppercase + string.digits + " \t\n\"'()[]{}<>&*:;,./\\-~=+%#@!?\0­​"


def scribble(rng):
    pieces = ("hợp tác xã", "HTX", "tinh:", "nq:", "-", '"', "OR", "20-NQ/TW", "nam:2020..", "*", "~3", "(", ")", "tieude:", "\ud800", "𝕏")
    return "".join(rng.choice(pieces) if rng.random() < .3 else rng.choice(LETTERS) for _ in range(int(rng.paretovariate(.7)) % 300))


def timed(call, *given):
    """Runs it; a second of work is a hang."""
    began = time.thread_time()
    found = call(*given)
    assert time.thread_time() - began < 1, given
    return found


def test_strange_queries_and_addresses(tmp_path, figures):
    build(tmp_path / "var", pages(tmp_path / "a.jsonl", 30))
    rng, count = random.Random(4), share(100_000)
    names = ["q", "tinh", "-tinh", "nam", "nq", "tatca", "tu", "den", "tat", "khop", "tin", "sap", "trang", "so", "nguon", "tinhnay"]
    with open_engine(tmp_path / "var") as engine:
        for n in range(count):
            timed(read_words, scribble(rng))
            query = timed(Query.of, MultiDict([(rng.choice(names), scribble(rng)) for _ in range(rng.randint(0, 6))]))
            assert Query.of(MultiDict(query.args())) == query
            if n % 10 == 0:
                timed(engine.search, query)
    figures["strange queries and addresses"] = f"{count:,} read, a tenth of them searched: none crashed, none took a second"


def answered(browser, path, said):
    answer = browser.get(path, query_string=said)
    assert answer.data is not None          # a table is sent row by row: all of it
    return answer


def test_strange_requests(figures):
    rng, count, browser = random.Random(6), share(100_000), app().test_client()
    names = ["q", "tinh", "-nam", "nq", "tu", "den", "khop", "sap", "trang", "so", "nguon", "loai", "measure", "lang", "id"]
    paths = sorted({rule.rule for rule in app().url_map.iter_rules() if "GET" in rule.methods})
    seen = Counter()
    for _ in range(count):
        path = re.sub("<[^>]*>", lambda _: quote(scribble(rng)[:40].encode("utf-8", "replace")), rng.choice(paths))
        said = [(rng.choice(names), scribble(rng).encode("utf-8", "replace")) for _ in range(rng.randint(0, 5))]
        with timed(answered, browser, path, said) as answer:
            assert answer.status_code < 500, (path, said)
            seen[answer.status_code] += 1
    figures["strange requests to every address"] = f"{count:,} answered: {', '.join(f'{n:,} with {code}' for code, n in sorted(seen.items()))}"


def test_strange_pages(figures):
    rng, count = random.Random(5), share(100_000)
    seeds = [path.read_bytes() for path in sorted((ROOT / "corpus" / "sample").rglob("*.html")) if path.stat().st_size < 20_000]
    for _ in range(count):
        content = bytearray(rng.choice(seeds)) if rng.random() < .2 else bytearray(scribble(rng).encode("utf-8", "surrogatepass"))
        for _ in range(rng.randint(0, 8)):
            at = rng.randrange(len(content) + 1)
            content[at:at + rng.randint(0, 60)] = rng.choice((b"<", b"<table>", b"</p", b"\xff\xfe", b"&#x110000;", b"<!--", bytes([rng.randrange(256)])))
        found = timed(read, Page("file:x", bytes(content), rng.choice(("html", "text", "record")), rng.choice((None, "utf-8", "utf-16", "x"))))
        assert isinstance(found, (Article, NoArticle))
    figures["strange pages"] = f"{count:,} read: always an article or a reason, none took a second"
