"""The application on a production server, until told to stop."""
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

import click
from gunicorn.app.base import BaseApplication

THREADS = 4             # a worker's: a request is a few milliseconds of Python, more threads only wait for each other
MOST_WORKERS = 64
PATIENCE = 30           # seconds after which a worker that hangs is replaced
GRACE = 10              # seconds for requests under way when told to stop
BACKLOG = 256           # connections that may wait
LONGEST_LINE = 8190     # bytes of a request line; the page's own addresses are far shorter


class Server(BaseApplication):
    """gunicorn: one process a core, since Python runs one thread at a time, and threads in each; it stops gracefully and
    replaces a worker that died or hangs. The index is opened before the workers are forked: its mapping is shared.
    """

    def __init__(self, root: Path, host: str, port: int, workers: int):
        self._root, self._bind, self._workers = root, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", workers
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": self._bind, "workers": self._workers, "worker_class": "gthread", "threads": THREADS, "preload_app": True,
            "timeout": PATIENCE, "graceful_timeout": GRACE, "backlog": BACKLOG, "limit_request_line": LONGEST_LINE,
            "loglevel": "warning", "when_ready": self._ready, "child_exit": _gone, "worker_tmp_dir": memory(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self):
        from web import create_app

        return create_app(self._root)

    def _ready(self, server) -> None:
        host, port = server.LISTENERS[0].sock.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"serving {self._root.absolute()} on http://{shown}:{port}/ with {self._workers} processes (Ctrl-C stops)", err=True)


def serve(root: Path, host: str, port: int, workers: int | None = None, access_log: bool = False) -> None:
    from search import open_engine

    open_engine(root).close()       # says what is wrong before any process is started
    numbers = tempfile.mkdtemp(prefix="timhtx-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = numbers
    if access_log:
        logging.basicConfig(stream=sys.stdout, format="%(message)s")
        logging.getLogger("timhtx.access").setLevel(logging.INFO)
    try:
        Server(root, host, port, workers or min(os.cpu_count() or 1, MOST_WORKERS)).run()
    finally:
        shutil.rmtree(numbers, ignore_errors=True)


def memory() -> str | None:
    """Where workers beat: on a disk that is full or slow they would be taken for dead."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _gone(server, worker) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
