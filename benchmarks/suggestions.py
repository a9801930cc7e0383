"""How long a reader waits for suggestions: every keystroke of typed phrases, with accents and without, in an index.

    python benchmarks/suggestions.py FOLDER [--json FILE]

FOLDER is one that `timhtx rebuild` wrote. Times are of this core's work, in milliseconds; each beginning is asked once, the
first of all apart, because it opens what the others find open. Rows are {engine, class, measure, value, unit, docs}.
"""
import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.spelling import fold  # noqa: E402
from search.opening import open_engine  # noqa: E402
from search.query import Query  # noqa: E402

PHRASES = ("hợp tác xã", "nông thôn mới", "điện biên", "thanh hóa", "nghị quyết 20", "kinh tế tập thể", "liên minh hợp tác xã",
           "doanh thu", "nông nghiệp công nghệ cao", "tai nạn giao thông", "hà nội", "sản xuất lúa", "quốc hội", "thành viên",
           "chuỗi liên kết", "quỹ tín dụng", "xuất khẩu", "dạy nghề", "vùng cao", "giá cà phê")
SEED = 20


def keystrokes() -> list[str]:
    """Every beginning of the phrases and of their accentless forms, each once, in an order that never changes."""
    typed = {phrase[:end] for one in PHRASES for phrase in (one, fold(one)) for end in range(1, len(phrase) + 1)}
    asked = sorted(typed)
    random.Random(SEED).shuffle(asked)
    return asked


def measure(folder: str) -> list[dict]:
    with open_engine(folder) as engine:
        docs = engine.search(Query("")).total
        taken = []
        for text in keystrokes():
            begin = time.thread_time()
            engine.suggest(text)
            taken.append(1e3 * (time.thread_time() - begin))
    rest = np.array(taken[1:])
    shown = {"first": taken[0], "p50": np.percentile(rest, 50), "p95": np.percentile(rest, 95), "most": rest.max()}
    return [{"engine": "timhtx", "class": "suggestions", "measure": name, "value": round(float(value), 3), "unit": "ms", "docs": docs}
            for name, value in shown.items()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    rows = measure(chosen.folder)
    for row in rows:
        print(f"{row['measure']:8}{row['value']:10.3f} {row['unit']}   {row['docs']} documents")
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
