"""When parts of a cluster fail: whole answers or one plain sentence, in time; nothing lost. On real nodes of our own."""
import base64
import http.server
import random
import signal
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from index import opensearch_generations as generations
from index import rebuild
from index.opensearch_address import Address, Unreachable
from index.opensearch_cluster import Cluster
from search import NoIndex, Query, open_engine
from search.opening import verify
from test_rebuild import lines, story

ARTICLES = 120
SWAPS = 40
HUNG = 45           # seconds: a cluster gives up a node that hangs after thirty
SLACK = 2.0         # seconds beyond the deadline for what is done on this machine


@pytest.fixture
def own(nodes):
    if nodes.cluster is None:
        pytest.skip("the cluster in $TIMHTX_TEST_CLUSTER is not ours to kill")
    yield nodes.cluster
    for number in range(len(nodes.addresses)):
        nodes.cluster.kill(number, signal.SIGCONT)
        if nodes.cluster._processes[number].poll() is not None:
            nodes.cluster.start(number)
    nodes.cluster.wait()


@pytest.fixture
def filled(where, tmp_path):
    file = lines(tmp_path / "a.jsonl", [story(n) for n in range(ARTICLES)])
    rebuild.rebuild([file], where, verify=verify(where), processes=1)
    green(where)
    return where


def green(where):
    cluster = Cluster(where, deadline=90)
    cluster("GET", "/_cluster/health?wait_for_status=green&wait_for_no_relocating_shards=true&timeout=80s")
    cluster.close()


@contextmanager
def asked_all_the_time(where, total):
    """Queries without a pause; gives the list of what went wrong, and how long each answer took. `total`: None where it changes."""
    wrong, took, stop = [], [], threading.Event()

    def ask():
        rng = random.Random(1)
        with open_engine(str(where)) as engine:
            while not stop.is_set():
                began = time.monotonic()
                try:
                    found = engine.search(Query("hợp tác xã", sort=rng.choice(["newest", "relevance"]), size=50)).total
                    if total and found != total:
                        wrong.append(f"{found} hits")
                except Unreachable as error:
                    wrong.append(str(error))
                except Exception as error:      # whatever else: none is expected, and the load goes on
                    wrong.append(repr(error))
                took.append(time.monotonic() - began)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield wrong, took
    finally:
        stop.set()
        thread.join()


def told(what, wrong, took):
    """For the table in docs/cluster.md; `pytest -s` shows it."""
    print(f"\n{what}: {len(took)} answers, {len(wrong)} of them errors, slowest {max(took):.2f} s")


@pytest.mark.soak
def test_any_one_node_may_be_killed_under_a_load_of_queries(own, filled):
    with asked_all_the_time(filled, ARTICLES) as (wrong, took):
        for number in range(3):
            time.sleep(1)
            own.kill(number)
            time.sleep(2)
            own.start(number)
            own.wait()
            green(filled)
    told("each node killed in turn", wrong, took)
    assert not wrong and len(took) > 20 and max(took) < 15 + SLACK


@pytest.mark.soak
def test_a_node_killed_while_bulks_are_in_flight_loses_no_document(own, filled, tmp_path, monkeypatch):
    file = lines(tmp_path / "b.jsonl", [story(n) for n in range(1_500)])
    killer, plain, sent = threading.Timer(.05, own.kill, (1,)), Cluster.__call__, []

    def call(self, method, path, *more, **named):
        sent.append(time.monotonic()) if "_bulk" in path else None
        if len(sent) == 2 and not killer.ident:
            killer.start()          # while this one is under way
        return plain(self, method, path, *more, **named)

    monkeypatch.setattr(Cluster, "__call__", call)
    with asked_all_the_time(filled, None) as (wrong, took):
        made = rebuild.rebuild([file], filled, verify=verify(filled))
    told(f"a node killed while bulk 2 of {len(sent)} was under way, {made.seconds:.0f} s of rebuild", wrong, took)
    assert not wrong and killer.ident and made.manifest.documents == 1_500 and not made.manifest.skipped
    with open_engine(str(filled)) as engine:
        assert len({hit.id for hit in engine.scan(Query("hợp tác xã"))}) == 1_500


@pytest.mark.soak
@pytest.mark.parametrize("number", range(3))
def test_a_node_that_hangs_costs_time_within_the_deadline_and_never_a_wrong_answer(own, filled, number):
    with asked_all_the_time(filled, ARTICLES) as (wrong, took):
        time.sleep(1)
        own.kill(number, signal.SIGSTOP)
        time.sleep(HUNG)
        own.kill(number, signal.SIGCONT)
    told(f"node {number} hung for {HUNG} s", wrong, took)
    assert not [one for one in wrong if "hits" in one] and max(took) < 15 + SLACK
    assert all("again" in one or "running" in one for one in wrong), wrong
    with open_engine(str(filled)) as engine:
        assert engine.search(Query("hợp tác xã")).total == ARTICLES


@pytest.mark.soak
def test_all_nodes_down_is_one_sentence_at_once_and_over_when_they_are_back(own, filled):
    with open_engine(str(filled)) as engine:
        for number in range(3):
            own.kill(number)
        began = time.monotonic()
        with pytest.raises(Unreachable, match="Are its nodes running"):
            engine.search(Query("hợp tác xã"))
        assert time.monotonic() - began < 3
        for number in range(3):
            own.start(number)
        own.wait()
        green(filled)
        assert engine.search(Query("hợp tác xã")).total == ARTICLES


@pytest.mark.soak
def test_the_alias_may_be_moved_under_a_load_of_queries(filled, tmp_path):
    cluster, first = Cluster(filled), generations.live_name(Cluster(filled))
    rebuild.rebuild([tmp_path / "a.jsonl"], filled, verify=verify(filled), processes=1)
    second = generations.live_name(cluster)
    with asked_all_the_time(filled, ARTICLES) as (wrong, took):
        for number in range(SWAPS):
            away, to = ((second, first), (first, second))[number % 2]
            cluster("POST", "/_aliases", {"actions": [{"remove": {"index": away, "alias": filled.name}}, {"add": {"index": to, "alias": filled.name}}]})
            with open_engine(str(filled)) as engine:
                assert engine.about().documents == ARTICLES
    told(f"{SWAPS} alias swaps", wrong, took)
    assert not wrong and took


class Door(http.server.BaseHTTPRequestHandler):
    """A server with a certificate and a login before a node without."""
    protocol_version, node = "HTTP/1.1", ""

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.headers.get("authorization") != "Basic " + base64.b64encode("thủ thư:mật khẩu".encode()).decode():
            return self.answer(401, b'{"error":{"type":"security_exception","reason":"wrong login"}}')
        headers = {"content-type": self.headers.get("content-type") or "application/json"}
        request = urllib.request.Request(self.node + self.path, body or None, headers, method=self.command)
        try:
            with urllib.request.urlopen(request) as answer:
                self.answer(answer.status, answer.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code, error.read())

    def answer(self, status, content):
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = pass_on
    log_message = lambda *told: None


@pytest.fixture(scope="module")
def door(nodes, tmp_path_factory):
    """(address, file of the authority) of one node behind a certificate that nobody knows, for localhost."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("To", (Door,), {"node": nodes.addresses[0]}))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Address.of(f"https://localhost:{server.server_port}/htx-nowhere"), certificate
    server.shutdown()
    server.server_close()


def test_certificates_and_logins_are_checked_and_what_is_wrong_is_said(door, monkeypatch):
    address, certificate = door
    monkeypatch.setenv("TIMHTX_USER", "thủ thư")
    monkeypatch.setenv("TIMHTX_PASSWORD", "mật khẩu")
    with pytest.raises(Unreachable, match="certificate.*TIMHTX_CA"):
        open_engine(str(address))
    monkeypatch.setenv("TIMHTX_CA", str(certificate))
    with pytest.raises(NoIndex, match="timhtx rebuild PAGES --data https://localhost"):
        open_engine(str(address))
    monkeypatch.setenv("TIMHTX_PASSWORD", "sai")
    with pytest.raises(Unreachable, match="refuses the login.*TIMHTX_PASSWORD") as refused:
        open_engine(str(address))
    assert "sai" not in str(refused.value).replace("refuses", "")


@pytest.mark.parametrize("version, said", [
    ({"number": "2.19.4", "distribution": "opensearch"}, "opensearch 2.19.4.*needs OpenSearch 3"),
    ({"number": "8.1.0"}, "another server 8.1.0"),
])
def test_a_server_of_the_wrong_kind_or_age_is_named(monkeypatch, version, said):
    cluster = Cluster(Address.of("http://localhost:1/htx"))
    monkeypatch.setattr(Cluster, "__call__", lambda self, *told: {"version": version})
    with pytest.raises(Unreachable, match=said):
        cluster.check()


def test_an_answer_of_a_part_of_the_shards_is_no_answer(monkeypatch):
    from index.opensearch_cluster import whole

    for answer in ({"_shards": {"failed": 1}, "timed_out": False}, {"_shards": {"failed": 0}, "timed_out": True}, {"error": {}}):
        with pytest.raises(Unreachable, match="only a part"):
            whole(answer)
