"""The command `timhtx`: options and a call. Results on stdout, talk on stderr; 0 done, 1 some pages skipped, 2 could not."""
import json
import sys
from pathlib import Path

import click

DATA = click.option("--data", metavar="WHERE", envvar="TIMHTX_DATA", default="./var", show_default=True,
                    help="The data folder, or a cluster's address (https://host:9200/htx), or $TIMHTX_DATA.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Command(click.Command):
    """Says what is wrong and what to do, in one sentence and without a traceback."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except BrokenPipeError:
            sys.stderr.close()      # the reader of our output has seen enough
            context.exit(0)
        except known_errors() as error:
            click.echo(f"timhtx: {error}", err=True)
            context.exit(2)


def known_errors() -> tuple[type[Exception], ...]:
    """What can go wrong by no fault of the program. Looked up when something did: these rooms are heavy."""
    from index.rebuild import NothingToIndex
    from search import DamagedIndex, NoIndex, OutdatedIndex, Unreachable

    return NoIndex, OutdatedIndex, DamagedIndex, Unreachable, NothingToIndex, OSError


@click.group()
@click.version_option(package_name="timhtx")
def main():
    """Full-text search over Vietnamese news on cooperatives."""


def command(name: str, **settings):
    return main.command(name, cls=Command, **settings)


@command("rebuild", short_help="Read saved pages and build the index.")
@click.argument("pages", nargs=-1, type=click.Path(path_type=Path))
@click.option("--add", is_flag=True, help="Read PAGES and the inputs of the live index.")
@click.option("--part", metavar="N/M", help="In a cluster: build only this part of a generation, on any machine.")
@click.option("--generation", metavar="NAME", help="The generation that the parts belong to.")
@DATA
def rebuild(pages, add, part, generation, data):
    """Read saved pages (folders; .html, .mhtml, .txt, .jsonl, .warc files, also packed) and build the index anew.

    Without PAGES it reads the inputs of the live index again. The old index answers until the new one is whole.

    \b
    Example:  timhtx rebuild saved-pages/ more.jsonl.gz
    """
    from index.opensearch_address import place
    from index.rebuild import rebuild as build
    from search.opening import verify
    from web.progress import Line

    root = place(data)
    line = Line()
    try:
        if part or generation:
            report = part_of(root, inputs(root, pages, add), part, generation, line)
        else:
            report = build(inputs(root, pages, add), root, verify=verify(root), progress=line)
    finally:
        line.close()
    click.echo(summary(root, report, part), err=True)
    raise SystemExit(1 if report.manifest.skipped else 0)


def part_of(root, paths: list[Path], part: str | None, generation: str | None, progress):
    from index.rebuild import rebuild_part

    number, _, of = (part or "").partition("/")
    if isinstance(root, Path) or not generation or not (number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of)):
        raise click.UsageError("--part 3/16 and --generation NAME belong together, and to a cluster: --data https://host:9200/htx")
    return rebuild_part(paths, root, int(number), int(of), generation, progress=progress)


def inputs(root, pages: tuple[Path, ...], add: bool) -> list[Path]:
    from index.keeping import keeping

    for page in pages:
        if not page.exists():
            raise click.UsageError(f"{page} does not exist; give folders or files of saved pages")
    known = [Path(p) for p in keeping(root).live().inputs] if add or not pages else []
    return known + [p for p in pages if p.absolute() not in known]


def summary(root, report, part: str | None = None) -> str:
    from index.keeping import keeping
    from index.rebuild import SKIPPED

    m = report.manifest
    skipped = sum(m.skipped.values())
    lines = [f"{m.documents:,} articles indexed of {m.read:,} pages read in {report.seconds:,.1f} s "
             f"({report.reused:,} unchanged since the last rebuild, {m.superseded:,} saved again)"]
    if skipped:
        lines += [f"{skipped:,} skipped:"]
        lines += [f"{count:>7,}  {reason}" for reason, count in sorted(m.skipped.items(), key=lambda kv: -kv[1])[:20]]
        lines += [f"        each is named in {(keeping(root).reports / m.name / SKIPPED).absolute()}"]
    if part:
        lines += [f"part {part} of {m.name} is done. When all are: timhtx publish {m.name} --data {root}"]
    elif not report.published:
        lines += ["a rebuild begun later was published first; this one was dropped"]
    else:
        lines += [f"published in {root.absolute()}. Search: timhtx search WORDS; serve the page: timhtx serve"]
    return "\n".join(lines)


@command("search", short_help="Search from the terminal.", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@JSON
@click.option("--tinh", multiple=True, help="Province, by name or slug; may be given again.")
@click.option("--nam", multiple=True, help="Year of publication; may be given again.")
@click.option("--nq", multiple=True, help="Resolution: 13 or 20.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--size", type=click.IntRange(1, 100), default=10)
@DATA
def search(words, as_json, tinh, nam, nq, sort, page, size, data):
    """Search the index. A word with - before it is excluded.

    \b
    Example:  timhtx search lúa -cá --tinh 'An Giang' --nam 2022
    """
    from search import Query, open_engine
    from web import terminal
    from web.api import as_dict

    chosen = terminal.chosen(province=tinh, year=nam, resolution=nq)
    with open_engine(data) as engine:
        results = engine.search(Query(text=" ".join(words), chosen=chosen, sort=sort, page=page, size=size))
    click.echo(json.dumps(as_dict(results), ensure_ascii=False) if as_json else terminal.shown(results, color=sys.stdout.isatty()))


@command("figures", short_help="Print the figures that articles report.", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.option("--tinh", multiple=True, help="Province that a figure is of, by name or slug; may be given again.")
@click.option("--measure", help="htx, tht, thanh_vien, doanh_thu_bq, …")
@click.option("--nam", type=click.IntRange(1000, 9999), help="Year that a figure is about.")
@JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@DATA
def figures(words, tinh, measure, nam, as_json, as_csv, data):
    """Print what the articles found by WORDS (all of them without any) report: each figure with its sentence and address.

    \b
    Example:  timhtx figures --tinh 'Hòa Bình' --measure htx --csv
    """
    from search import Query, open_engine
    from search.figures import Wanted
    from web import figure_files
    from web.choosing import place_key

    if as_json and as_csv:
        raise click.UsageError("either --json or --csv")
    query = Query(text=" ".join(words))
    with open_engine(data) as engine:
        listed = engine.figures(query, Wanted(measure, places=frozenset(map(place_key, tinh)), year=nam))
        pieces = figure_files.as_json(listed, query) if as_json else figure_files.as_csv(listed.reported) if as_csv else \
            figure_files.as_text(listed)
        for piece in pieces:
            click.echo(piece, nl=False)


@command("serve", short_help="Serve the search page.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback unless told otherwise.")
@click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes; one a core unless told otherwise.")
@click.option("--access-log", is_flag=True, help="A JSON line a request on stdout: route, status, time; never words or addresses.")
@DATA
def serve(port, host, workers, access_log, data):
    """Serve the search page until interrupted. A new index is taken up without a restart.

    \b
    Example:  timhtx serve --port 8000
    """
    from web.serving import serve as run

    from index.opensearch_address import place

    run(place(data), host, port, workers, access_log)


@command("status", short_help="Tell what is indexed.")
@JSON
@DATA
def status(as_json, data):
    """Tell the age, size and origin of the live index, and what its rebuild skipped.

    \b
    Example:  timhtx status
    """
    from web import terminal

    from index.opensearch_address import place

    facts = terminal.status(place(data))
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else "\n".join(f"{k:12} {v}" for k, v in facts.items()))


@command("read", short_help="Show what is read out of pages.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@JSON
def read(files, as_json):
    """Show what a page becomes: title, date, provinces, resolutions, figures, each with the words that prove it.

    \b
    Example:  timhtx read saved-pages/bai-1.html --json
    """
    from web import terminal

    skipped = False
    for row in terminal.readings(files):
        skipped |= row["kind"] != "article"
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else terminal.reading(row))
    raise SystemExit(1 if skipped else 0)


@command("analyse", short_help="Show the tokens of a text.")
@click.argument("text", nargs=-1, required=True)
@JSON
def analyse(text, as_json):
    """Show how a text is cut into syllables, words and document codes.

    \b
    Example:  timhtx analyse 'Hợp tác xã nông nghiệp theo 20-NQ/TW'
    """
    from web import terminal

    rows = terminal.tokens(" ".join(text))
    click.echo(json.dumps(rows, ensure_ascii=False) if as_json else
               "\n".join(f"{r['start']:>5} {r['end']:>5}  {r['kind']:<8}  {r['text']}" for r in rows))


@command("check", short_help="Verify every byte of the index.")
@DATA
def check(data):
    """Compare every file of the index with what was published, and ask it sample questions.

    \b
    Example:  timhtx check
    """
    from index.generations import DamagedIndex
    from index.keeping import keeping
    from index.opensearch_address import place
    from search.opening import verify

    root = place(data)
    kept_in = keeping(root)
    manifest = kept_in.live()
    for what in kept_in.damage(manifest):
        raise DamagedIndex(root, what)
    verify(root)(kept_in.reports / manifest.name, manifest.documents)
    click.echo(f"{manifest.name}: {manifest.documents:,} articles, {len(manifest.files)} files, all as published")


@command("withhold", short_help="Take an article out of everything.")
@click.argument("url")
@click.option("--reason", default="", help="Why, for those who come after you.")
@click.option("--release", is_flag=True, help="Show the article again.")
@DATA
def withhold(url, reason, release, data):
    """Take an article out of every page, export and suggestion at once; rebuilds leave it out too.

    \b
    Example:  timhtx withhold https://bao.example/bai-1 --reason 'theo yêu cầu của tòa soạn'
    """
    from index.keeping import keeping

    kept_in = keeping(data)
    kept_in.live()
    if not release and not reason:
        raise click.UsageError("say why: --reason TEXT")
    entry = kept_in.release(url) if release else kept_in.withhold(url, reason)
    if entry is None:
        raise click.UsageError(f"{url} is not withheld; nothing was changed")
    click.echo(f"{'shown again' if release else 'withheld'}: {entry.url} ({entry.id})", err=True)


@command("publish", short_help="Make a generation built in parts the live one.")
@click.argument("generation")
@DATA
def publish(generation, data):
    """Count the parts of a generation in a cluster, group copies over all of them, verify, and publish. Refuses while one is missing.

    \b
    Example:  timhtx publish htx-2026-01 --data https://host:9200/htx
    """
    from index.keeping import keeping
    from index.opensearch_address import place
    from search.opening import verify

    root = place(data)
    if isinstance(root, Path):
        raise click.UsageError("only a cluster's generations are built in parts: --data https://host:9200/htx")
    kept_in = keeping(root)
    manifest = kept_in.together(generation)
    verify(root)(kept_in.reports / manifest.name, manifest.documents)
    live = kept_in.publish(manifest)
    click.echo(f"{manifest.name}: {manifest.documents:,} articles "
               + ("published" if live else "dropped: a generation begun later is live already"), err=True)
