"""The rules of the house, read off the source: who may import whom, and which door leads to each library."""
import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["corpus", "index", "search", "web"]
FILES = [path.relative_to(ROOT) for name in ORDER for path in sorted((ROOT / name).rglob("*.py"))]
DOORS = {
    "bs4": {"corpus/reading/markup.py"},
    "pyvi": {"index/segmenter.py"},
    "flask": {"web/"},
    "werkzeug": {"web/"},
    "gunicorn": {"web/serving.py"},
    "lxml": {"corpus/reading/markup.py"},
    "prometheus_client": {"web/watching.py", "web/serving.py"},
    "click": {"web/"},
    "urllib3": {"index/opensearch_cluster.py"},
}


def imports(path: Path):
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the full name"
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_point_left_and_libraries_have_one_door(path):
    for name in imports(path):
        if name in ORDER:
            assert ORDER.index(name) <= ORDER.index(path.parts[0]), f"{path} imports {name}"
        if name == "whoosh":
            assert "whoosh" in path.stem or "codec" in path.stem, f"{path} imports whoosh"
        if name in DOORS:
            assert any(str(path).startswith(door) for door in DOORS[name]), f"{path} imports {name}"


@pytest.mark.parametrize("path", [p for p in FILES if p.name != "__init__.py"], ids=str)
def test_the_first_line_says_what_the_room_is_for(path):
    said = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    assert said and len(said.splitlines()[0]) > 20, path


def test_help_starts_without_the_heavy_libraries():
    code = (
        "import sys; sys.argv = ['timhtx', '--help']\n"
        "from web.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pyvi', 'whoosh', 'flask', 'numpy', 'bs4', 'sklearn'} & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert "rebuild" in run.stdout
    assert run.stderr.strip() == "[]"
