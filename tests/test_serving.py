"""The server as an operator meets it: it starts, answers, takes up a new index, stops gracefully, and keeps nobody's words."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from index.rebuild import rebuild
from search.opening import verify

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "docs" / "deploy"


def index(root, count):
    pages = root / "pages.jsonl"
    pages.write_text("".join(json.dumps({
        "url": f"https://bao.example/{n}", "title": f"Hợp tác xã số {n}", "text": f"Hợp tác xã lúa số {n} ở tỉnh An Giang. " * 6}) + "\n"
        for n in range(count)), encoding="utf-8")
    rebuild([pages], root / "var", verify=verify(root / "var"))


@contextmanager
def server(root, *options):
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", "from web.cli import main; main()", "serve", "--data", str(root / "var"), "--port", "0",
         "--workers", "2", *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        said = process.stderr.readline()
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found, said + (process.stderr.read() if process.poll() is not None or "Traceback" in said else "")
        yield process, found[0]
    finally:
        process.terminate()
        process.wait(20)


def get(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()


def total(base):
    return json.loads(get(f"{base}/api/search?q={quote('hợp tác xã')}"))["total"]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    root = tmp_path_factory.mktemp("serving")
    index(root, 3)
    with server(root) as (process, base):     # without a log: nobody would read it, and a full pipe holds up its writer
        yield root, process, base


def test_it_answers_and_is_ready(served):
    _, _, base = served
    assert json.loads(get(f"{base}/healthz"))["ok"] and json.loads(get(f"{base}/readyz"))["documents"] == 3
    assert total(base) == 3


def test_numbers_are_summed_over_the_processes(served):
    _, _, base = served
    answered = lambda: sum(float(line.split()[-1]) for line in get(f"{base}/metrics").splitlines()
                           if line.startswith("timhtx_requests_total") and "search" in line)
    before = answered()
    for _ in range(12):
        total(base)
    assert answered() == before + 12


def test_a_new_index_is_taken_up_without_a_dropped_request(served):
    root, _, base = served
    seen, failed, stop = set(), [], threading.Event()

    def ask():
        while not stop.is_set():
            try:
                seen.add(total(base))
            except OSError as error:
                failed.append(error)

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for count in (5, 8):
        index(root, count)
    until = time.monotonic() + 20
    while 8 not in seen and time.monotonic() < until:
        time.sleep(.05)
    stop.set()
    for reader in readers:
        reader.join()
    assert not failed and {3, 8} <= seen <= {3, 5, 8}


def test_told_to_stop_it_finishes_what_is_under_way_and_logs_neither_words_nor_addresses(tmp_path):
    index(tmp_path, 2)
    with server(tmp_path, "--access-log") as (process, base):
        answers = []
        reader = threading.Thread(target=lambda: answers.extend(total(base) for _ in range(20)))
        reader.start()
        while not answers:
            time.sleep(.01)
        reader.join()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0 and answers == [2] * 20
        log = process.stdout.read()
    rows = [json.loads(line) for line in log.splitlines()]
    assert len(rows) == 20 and {row["status"] for row in rows} == {200}
    assert "127.0.0.1" not in log and "tác" not in log and quote("tác") not in log and "q=" not in log


def test_a_worker_that_dies_is_replaced(served):
    _, process, base = served
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(workers) == 2
    os.kill(int(workers[0]), signal.SIGKILL)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        now = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if len(now) == 2 and workers[0] not in now:
            break
        time.sleep(.05)
    assert total(base) in (3, 5, 8)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze to verify the unit with")
def test_the_unit_is_one_that_systemd_takes(tmp_path):
    unit = tmp_path / "timhtx.service"
    unit.write_text((DEPLOY / "timhtx.service").read_text().replace("/opt/timhtx/bin/timhtx", sys.executable))
    run = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
    assert "timhtx.service" not in run.stderr, run.stderr


def test_the_container_file_names_what_is_there():
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    assert copied and all((ROOT / name).exists() for name in copied)
    assert any(line.startswith("USER ") and "root" not in line for line in lines)
