"""Results, readings and tokens become lines for a terminal."""
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.results import Marked, Results

MARK, OFF, DIM = "\033[1;33m", "\033[0m", "\033[2m"
LATE = "Chưa tính kịp: câu tìm này cần nhiều thời gian hơn mức cho phép. Hãy bớt từ."


def chosen(**given: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Facet values as typed after an option: "An Giang", "an-giang", "13"."""
    return frozenset((facet, value_of(facet, text)) for facet, texts in given.items() for text in texts)


def value_of(facet: str, text: str) -> str:
    from corpus import places

    if facet == "province":
        return places.find_province(text) or text
    return f"nq{text}" if facet == "resolution" and text.isdigit() else text


def shown(results: Results, color: bool) -> str:
    lines = [f"{results.total:,} bài".replace(",", ".") if results.exact else LATE]
    if results.exact and results.partial:
        lines.append(f"  Chưa tính kịp: {', '.join(results.facets[name].label for name in results.partial)}.")
    lines += [f"  {note.text}" for note in results.notes]
    for number, hit in enumerate(results.hits, (results.query.page - 1) * results.query.size + 1):
        facts = [hit.source, ", ".join(p.label for p in hit.provinces), hit.published and f"{hit.published:%d/%m/%Y}",
                 ", ".join(r.label for r in hit.resolutions)]
        lines += ["", f"{number:>3}. {marked(hit.title, color)}", "     " + " · ".join(filter(None, facts)), f"     {hit.url}"]
        lines += [f"     {marked(passage, color)}" for passage in hit.passages]
    return "\n".join(lines)


def marked(text: Marked, color: bool) -> str:
    before, after = (MARK, OFF) if color else ("[", "]")
    return "".join(f"{before}{piece}{after}" if hit else piece for piece, hit in text.parts())


def status(root) -> dict:
    from index.keeping import keeping

    kept_in = keeping(root)
    manifest = kept_in.live()
    return {
        "data": str(root.absolute()),
        "generation": manifest.name,
        "built": manifest.built,
        "documents": manifest.documents,
        "read": manifest.read,
        "superseded": manifest.superseded,
        "skipped": manifest.skipped,
        "fingerprint": manifest.fingerprint,
        "inputs": list(manifest.inputs),
        "kept": kept_in.published(),
    }


def readings(files: Iterable[Path]) -> Iterator[dict]:
    """One row a page, in the order read, in the shape that scripts rely on."""
    from corpus.article import NoArticle, read
    from corpus.document import describe
    from corpus.pages import Skipped, pages
    from corpus.record import surface

    for page in pages(files):
        if isinstance(page, Skipped):
            yield surface(NoArticle(page.where, "unreadable", page.reason))
        else:
            found = read(page)
            yield surface(found if isinstance(found, NoArticle) else describe(found))


def reading(row: dict) -> str:
    """A reading for the eye: one line a fact, with its basis."""
    lines = [f"{row['url']}  [{row['kind']}]" + (f" {row['reason']}" if row["reason"] else "")]
    for name in ("title", "kicker", "lead", "byline", "attribution", "source"):
        lines += [f"  {name:12} {row[name]}"] if row.get(name) else []
    for name in ("published", "year", "provinces", "resolutions", "other_resolutions"):
        facts = row.get(name) or []
        for fact in facts if isinstance(facts, list) else [facts]:
            lines.append(f"  {name:12} {fact.get('label', fact['value'])}  ({fact.get('basis')}"
                         + (", inferred" if fact.get("inferred") else "") + ")")
    lines += [line for figure in row.get("figures", []) for line in _figure(figure)]
    return "\n".join(lines)


def _figure(figure: dict) -> list[str]:
    """What is told, and below it the decisions that made it so."""
    told = [f"{figure['modifier'] or ''} {figure['value']:,.15g}".strip(), figure["unit"], figure["place"] or "no place", figure["as_of"] or "no date",
            "goal" if figure["target"] else "", figure["subject"] and f"of {figure['subject']}", figure["subset"] and f"part: {figure['subset']}"]
    return [f"  {'figure':12} {figure['measure']} " + " · ".join(filter(None, told)), f"  {'':12}   " + "; ".join(figure["why"])]


def tokens(text: str) -> list[dict]:
    from index.analysis import analyse

    found = analyse(text)
    rows = [{"kind": kind, "text": t.text, "start": int(t.start), "end": int(t.end), "position": t.position}
            for kind, ts in (("syllable", found.syllables()), ("word", found.words())) for t in ts]
    rows += [{"kind": "code", "text": code, "start": int(found.starts[a]), "end": int(found.ends[b]), "position": a}
             for code, a, b in found.codes]
    return sorted(rows, key=lambda r: (r["start"], r["kind"] != "word"))
