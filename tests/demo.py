"""The sample, indexed once for all tests of the pages, and small indexes of invented articles."""
import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from index.fields import row
from index.rebuild import rebuild
from index.whoosh_writer import Writer
from search.opening import verify
from search.whoosh_engine import WhooshEngine
from web import create_app

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"


@cache
def data() -> Path:
    """A data folder with the sample in it."""
    root = Path(tempfile.mkdtemp(prefix="timhtx-pages-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    rebuild([SAMPLE], root, verify=verify(root), processes=1)
    return root


@cache
def app():
    return create_app(data())


def client():
    return app().test_client()


def engine_of(documents, folder: Path) -> WhooshEngine:
    """An open engine over invented documents."""
    writer = Writer(folder)
    for document in documents:
        writer.add(row(document))
    writer.finish()
    return WhooshEngine(folder)
