"""The sample, indexed once for all tests of the pages, and small indexes of invented articles."""
import atexit
import os
import shutil
import tempfile
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import waitress

from index.fields import row
from index.rebuild import rebuild
from index.whoosh_writer import Writer
from search.opening import verify
from search.whoosh_engine import WhooshEngine
from web import create_app

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"


ELSEWHERE = "TIMHTX_TEST_PAGES"     # in the environment: the address of a cluster where the sample is indexed instead


@cache
def data() -> Path | str:
    """A data folder with the sample in it, or the address of a cluster that has it."""
    if os.environ.get(ELSEWHERE):
        return os.environ[ELSEWHERE]
    root = Path(tempfile.mkdtemp(prefix="timhtx-pages-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    rebuild([SAMPLE], root, verify=verify(root), processes=1)
    return root


@cache
def app():
    return create_app(data())


@contextmanager
def served(application=None):
    """The address of a real server, in a thread of this process."""
    server = waitress.create_server(application or app(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


def client():
    return app().test_client()


def engine_of(documents, folder: Path) -> WhooshEngine:
    """An open engine over invented documents."""
    writer = Writer(folder)
    for document in documents:
        writer.add(row(document))
    writer.finish()
    return WhooshEngine(folder)
