"""The application on a production server, until told to stop."""
import os
from pathlib import Path

import click
import waitress

from web import create_app

THREADS_PER_CORE = 4    # a request is a few milliseconds of Python: more threads only wait for each other


def serve(root: Path, host: str, port: int) -> None:
    """waitress: pure Python, one process with threads, so that one mapping of the index serves every request."""
    app = create_app(root)
    threads = min(max(4, THREADS_PER_CORE * (os.cpu_count() or 1)), 64)
    server = waitress.create_server(app, host=host, port=port, threads=threads, ident=None)
    click.echo(f"serving {root.absolute()} on http://{host}:{server.effective_port}/  (Ctrl-C stops)", err=True)
    server.run()
