"""Rows become documents of a generation in a cluster: in bulks of bounded size, sent again while there is no room."""
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from index.analysis import fold
from index.fields import Row
from index.opensearch_cluster import Busy, Cluster, Refused, Unreachable
from index.opensearch_documents import fed, pack
from index.opensearch_pairs import Pairs

BYTES, ROWS = 4 << 20, 500      # of one bulk; far below the 100 MB at which a node hangs up
PATIENCE = 180.0                # seconds for which a bulk is tried again: a node needs two minutes to come back
CALL = 60.0                     # seconds for one try
OPEN = "-write"                 # an alias while rows may come: where it is gone, none are taken and no index springs up
_LATER = frozenset({429, 500, 502, 503, 504})
_ANSWER = "filter_path=errors,items.*.status,items.*.result,items.*.error.type,items.*.error.reason"


@dataclass(slots=True)
class Sent:
    """What became of the rows of one writer."""
    rows: int = 0
    again: int = 0              # arrived over an older saving, or twice after a doubtful try
    older: int = 0              # not taken: another part has a newer saving of the same article
    retries: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)      # (id, reason)


class Writer:
    """`add` rows, then `finish`. Memory is one bulk and the vocabulary."""

    def __init__(self, cluster: Cluster, index: str, words: str, part: int = 1, sleep: Callable[[float], None] = time.sleep):
        self._cluster, self._index, self._words, self._part, self._sleep = cluster, index, words, part, sleep
        self._batch, self._bytes = [], 0
        self._vocabulary: Counter[str] = Counter()
        self._pairs = Pairs()
        self.sent = Sent()

    def add(self, row: Row, saved: float = 0.0, signature: bytes = b"", copies: int = 0) -> None:
        """Of one address saved twice the saving of the highest `saved` (seconds) stays, whichever part brings it."""
        self._send(row, max(int(saved * 1000), 0) + 1, signature, copies)
        self._vocabulary.update({text for tokens in row.tokens.values() for text in tokens.texts})
        self._pairs.add(row)

    def revise(self, row: Row, version: int, signature: bytes, copies: int) -> None:
        """In place of a row that was sent before, whose words are counted."""
        self._send(row, version, signature, copies)

    def _send(self, row: Row, version: int, signature: bytes, copies: int) -> None:
        line = pack(row, signature, copies)
        action = {"index": {"_id": row.document.id, "version": version, "version_type": "external_gte"}}
        self._batch.append((row.document.id, _line(action) + line + b"\n"))
        self._bytes += len(line)
        self.sent.rows += 1
        if self._bytes >= BYTES or len(self._batch) >= ROWS:
            self._flush()

    def finish(self) -> int:
        """Sends the rest, and the words; the number of documents that arrived."""
        self._flush()
        for id, told in self._words_told() if self._vocabulary else ():
            line = _line({"index": {"_id": id}}) + _line(told)
            self._batch.append((id, line))
            self._bytes += len(line)
            if self._bytes >= BYTES or len(self._batch) >= 10 * ROWS:
                self._flush(self._words)
        self._flush(self._words)
        self._cluster("POST", f"/{self._index},{self._words}/_refresh")
        return self.sent.rows - len(self.sent.rejected) - self.sent.older

    def _words_told(self) -> Iterator[tuple[str, dict]]:
        """(id, document) of every word and of the tables of pairs."""
        for text, count in self._vocabulary.items():
            id = hashlib.blake2b(f"{self._part} {text}".encode(), digest_size=12).hexdigest()
            yield id, {"word": fed(text), "fold": fed(fold(text)), "documents": count}
        for blob in self._pairs.blobs():
            yield f"{blob['name']}-{self._part}-{blob['number']}", {"kind": "pairs", "told": {"part": self._part, **blob}}

    def _flush(self, index: str | None = None) -> None:
        batch, self._batch, self._bytes = self._batch, [], 0
        until, pause = time.monotonic() + PATIENCE, 0.25
        while batch := self._try(batch, index or self._index, last=time.monotonic() > until):
            self.sent.retries += 1
            self._sleep(pause)
            pause = min(2 * pause, 8.0)

    def _try(self, batch: list[tuple[str, bytes]], index: str, last: bool) -> list[tuple[str, bytes]]:
        """What is to be sent again."""
        if not batch:
            return []
        try:
            with self._cluster.within(CALL):
                answer = self._cluster("POST", f"/{index}{OPEN}/_bulk?require_alias=true&{_ANSWER}", lines=b"".join([line for _, line in batch]))
        except Busy:
            if last:
                raise
            return batch
        except Refused as error:
            if error.status == 413 and len(batch) > 1:
                half = len(batch) // 2
                return self._try(batch[:half], index, last) + self._try(batch[half:], index, last)
            raise Unreachable(f"{self._cluster.address} refuses what is sent ({error})") from error
        return self._sorted_out(batch, answer["items"], last)

    def _sorted_out(self, batch: list[tuple[str, bytes]], items: list[dict], last: bool) -> list[tuple[str, bytes]]:
        again = []
        for (id, line), item in zip(batch, items):
            told = item["index"]
            status, error = told["status"], told.get("error", {})
            if status < 300:
                self.sent.again += told.get("result") == "updated"
            elif error.get("type") == "cluster_block_exception" and "SERVICE_UNAVAILABLE" not in error["reason"]:
                raise Unreachable(f"{self._cluster.address} is read-only: its disks are full, or somebody blocked it "
                                  f"({error['reason'][:160]}). Free disk space and rebuild again.")
            elif status == 409:
                self.sent.older += 1
            elif status in _LATER and not last:
                again.append((id, line))
            else:
                self.sent.rejected.append((id, f"{error.get('type')}: {error.get('reason', '')[:200]}"))
        return again


def _line(told: dict) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"
