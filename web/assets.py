"""The style sheet and the script, under addresses that change with what they hold, so that browsers keep them for good."""
import hashlib
from pathlib import Path

from flask import Blueprint, Response, abort, url_for

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
YEAR = 31_536_000       # seconds

assets = Blueprint("assets", __name__)
_FILES = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}
_DIGESTS = {name: hashlib.blake2b(content, digest_size=6).hexdigest() for name, content in _FILES.items()}


def asset(name: str) -> str:
    return url_for("assets.file", digest=_DIGESTS[name], name=name)


@assets.get("/static/<digest>/<name>")
def file(digest: str, name: str) -> Response:
    """Another digest is an older page's: it gets the file as it is now, but not for good."""
    if name not in _FILES:
        abort(404)
    response = Response(_FILES[name], content_type=TYPES[Path(name).suffix])
    good = digest == _DIGESTS[name]
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if good else "no-cache"
    return response
