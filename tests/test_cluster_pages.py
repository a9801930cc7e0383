"""The page on a cluster: readers at work in a browser, the interface, exports and figures, by the tests of the embedded engine."""
import os
import subprocess
import sys
from pathlib import Path

import pytest

from demo import ELSEWHERE, SAMPLE
from index.rebuild import rebuild
from search.opening import verify

HERE = Path(__file__).resolve().parent
TOLD = ("test_browser.py", "test_search_page.py", "test_article_page.py", "test_api.py", "test_exports.py", "test_figures_page.py", "test_web.py")


@pytest.mark.soak
@pytest.mark.parametrize("told", TOLD)
def test_pages_are_the_same_on_a_cluster(where, told):
    rebuild([SAMPLE], where, verify=verify(where), processes=1)
    run = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / told)], cwd=HERE.parent,
                         env={**os.environ, ELSEWHERE: str(where)}, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-4000:]
