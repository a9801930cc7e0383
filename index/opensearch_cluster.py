"""One call to a cluster: kept connections, the next node when one is gone, one deadline for all, a sentence when nothing helps."""
import json
import os
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProtocolError, SSLError

from index.opensearch_address import AUTHORITY, PASSWORD, USER, Address, Unreachable

OLDEST = 3              # major version of OpenSearch; 2 lacks what mappings and counts rely on here
CONNECT = 1.0           # seconds; a node on the same network answers within a few ms
DEADLINE = 15.0         # seconds for whatever one request of a reader asks of the cluster
PAUSE, LONGEST = 0.1, 1.0       # seconds before the nodes are asked once more, when none of them could answer; it doubles
REST = 20.0             # seconds during which a node that failed is asked last
_BUSY = frozenset({429, 500, 502, 503, 504})        # 500: a node was lost while it searched


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, kind: str, reason: str):
        super().__init__(f"{status} {kind}: {reason}"[:500])
        self.status, self.kind, self.reason = status, kind, reason


class Missing(Refused):
    """There is no such index or document."""


class Busy(Unreachable):
    """It might answer later: no node did, or the cluster has no room for the request now."""


class Late(Unreachable):
    """The deadline is over."""


class Cluster:
    """May be called from any number of threads."""

    def __init__(self, address: Address, deadline: float = DEADLINE):
        self.address, self._deadline = address, deadline
        login = address.login()
        self._headers = urllib3.make_headers(basic_auth=":".join(login).encode().decode("latin-1"), accept_encoding=False) if login else {}
        self._rests = [0.0] * len(address.nodes)    # until when each node is asked last
        self._local = threading.local()
        self._connect()

    def _connect(self) -> None:
        """Connections belong to the process that made them: a server's workers are forked after the index was opened."""
        self._process, self._pools = os.getpid(), [_pool(self.address.scheme, *node) for node in self.address.nodes]

    @contextmanager
    def within(self, seconds: float | None = None) -> Iterator[None]:
        """One deadline for every call made inside, of this thread; an outer one stays in force."""
        outer = getattr(self._local, "until", None)
        until = time.monotonic() + (self._deadline if seconds is None else seconds)
        self._local.until = until if outer is None else min(outer, until)
        try:
            yield
        finally:
            self._local.until = outer

    def __call__(self, method: str, path: str, body: Any = None, lines: bytes | None = None, again: bool = True) -> Any:
        """The answer's JSON. `again`: it does no harm if the cluster gets it twice.

        Raises Refused or Missing; Unreachable where no node answers in time or asking again is of no use.
        """
        if self._process != os.getpid():
            self._connect()
        data = lines if lines is not None else None if body is None else json.dumps(body, ensure_ascii=False).encode()
        kind = "application/x-ndjson" if lines is not None else "application/json"
        headers = {**self._headers, **({"content-type": kind} if data is not None else {})}
        with self.within():
            for pause in _pauses():
                failure = self._around(method, path, data, headers, again)
                if not isinstance(failure, _Failed):
                    return failure
                if failure.final or self._left() < 2 * pause:
                    raise Busy(f"{self.address} does not answer ({failure.why}). Are its nodes running?")
                time.sleep(pause)

    def _around(self, method: str, path: str, data: bytes | None, headers: dict, again: bool) -> Any:
        """Each node once, those that failed lately last: the first answer, or the last failure."""
        order = sorted(range(len(self._pools)), key=lambda i: (self._rests[i] > time.monotonic(), i))
        gone, failed = 0, None
        for place, i in enumerate(order):
            seconds = self._left() / (2 if again and place + 1 < len(order) else 1)
            try:
                answer = self._pools[i].urlopen(method, path, body=data, headers=headers, retries=False, redirect=False,
                                                timeout=urllib3.Timeout(connect=min(CONNECT, seconds), read=seconds))
            except HTTPError as error:
                self._rests[i] = time.monotonic() + REST
                failed = self._failed(error)
                gone += isinstance(error, (NewConnectionError, ConnectTimeoutError))
                if not (again or isinstance(error, (NewConnectionError, ConnectTimeoutError))):
                    break
                continue
            if answer.status in _BUSY and not _blocked(answer.data):
                failed = _Failed(f"{answer.status} {_told(answer.data)[0]}", final=not again)
                continue
            self._rests[i] = 0.0
            return self._read(answer)
        return _Failed(failed.why, final=not again or gone == len(order))

    def _failed(self, error: HTTPError) -> "_Failed":
        reason = error.__cause__ if isinstance(error, ProtocolError) and error.__cause__ else error
        if isinstance(error, SSLError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Unreachable(f"the certificate of {self.address} cannot be trusted ({_short(error)}). "
                              f"Name the file of the authority that signed it in ${AUTHORITY}.")
        return _Failed(_short(reason))

    def _left(self) -> float:
        left = self._local.until - time.monotonic()
        if left <= 0:
            raise Late(f"{self.address} did not answer in time. Is a node hanging? Look at _cat/nodes and try again.")
        return left

    def _read(self, answer: urllib3.BaseHTTPResponse) -> Any:
        if answer.status < 300:
            return json.loads(answer.data) if answer.data else {}
        kind, reason = _told(answer.data)
        if answer.status in (401, 403) and not _blocked(answer.data):
            raise Unreachable(f"{self.address} refuses the login ({answer.status} {reason[:120]}). "
                              f"Set ${USER} and ${PASSWORD}, or ~/.netrc; docs/cluster.md has the roles.")
        if _blocked(answer.data):
            raise Unreachable(f"{self.address} is read-only: its disks are full, or somebody blocked it ({reason[:120]}). "
                              "Free disk space, or remove index.blocks.* from the settings, and try again.")
        raise (Missing if answer.status == 404 else Refused)(answer.status, kind, reason)

    def searches(self, index: str, asked: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> list[dict[str, Any]]:
        """Answers to several searches, (header, body) each, that the cluster runs side by side; each is whole."""
        lines = ndjson(one for header, body in asked for one in ({**header, "allow_partial_search_results": False}, body))
        with self.within():
            for pause in _pauses():
                try:
                    return [whole(answer) for answer in self("POST", f"/{index}/_msearch", lines=lines)["responses"]]
                except Busy:
                    if self._left() < 2 * pause:
                        raise
                    time.sleep(pause)

    def check(self) -> None:
        """Raises Unreachable where the server is of the wrong kind or too old."""
        version = self("GET", "/").get("version", {})
        number, kind = str(version.get("number", "?")), version.get("distribution", "another server")
        if kind != "opensearch" or not number.split(".")[0].isdigit() or int(number.split(".")[0]) < OLDEST:
            raise Unreachable(f"{self.address} is {kind} {number}; timhtx needs OpenSearch {OLDEST} or newer")

    def close(self) -> None:
        for pool in self._pools:
            pool.close()


def ndjson(bodies: Iterable[Any]) -> bytes:
    return b"".join([json.dumps(body, ensure_ascii=False).encode() + b"\n" for body in bodies])


def whole(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to a search, unless it is only a part of one, which must never pass as whole."""
    status = answer.get("status", 200)
    if 400 <= status < 500 and status not in _BUSY:
        raise (Missing if status == 404 else Refused)(status, *_said(answer))
    shards = answer.get("_shards", {"failed": 1})
    if answer.get("error") or answer.get("timed_out") or shards["failed"]:
        raise Busy("only a part of the index answered; try again. Are all nodes running?")
    return answer


def _pauses() -> Iterator[float]:
    pause = PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST)


class _Failed:
    """Why no node answered; `final`: asking once more is of no use or might do harm."""

    def __init__(self, why: str, final: bool = False):
        self.why, self.final = why, final


def _pool(scheme: str, host: str, port: int) -> urllib3.HTTPConnectionPool:
    if scheme == "http":
        return urllib3.HTTPConnectionPool(host, port, maxsize=16)
    return urllib3.HTTPSConnectionPool(host, port, maxsize=16, ssl_context=ssl.create_default_context(cafile=os.environ.get(AUTHORITY)))


def _told(data: bytes) -> tuple[str, str]:
    """(kind, reason) of an error, whatever its shape."""
    try:
        return _said(json.loads(data))
    except (ValueError, AttributeError):
        return "", data[:200].decode(errors="replace")


def _said(answer: dict[str, Any]) -> tuple[str, str]:
    error = answer.get("error", {})
    if not isinstance(error, dict):
        return "", str(error)
    causes = error.get("root_cause") or [error]
    return error.get("type", ""), f"{error.get('reason', '')} ({causes[0].get('reason', '')})"


def _blocked(data: bytes) -> bool:
    """A read-only block comes with the same status as a lack of room; waiting does not help against it."""
    return b"cluster_block_exception" in data and b"SERVICE_UNAVAILABLE" not in data


def _short(error: BaseException) -> str:
    return str(error).split(": ", 1)[-1][:160]
