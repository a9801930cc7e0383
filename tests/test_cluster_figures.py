"""Figures and tables of them are the same on a cluster as in a folder. On real nodes."""
import random
from collections import Counter

from index.fields import row
from index.opensearch_cluster import Cluster
from index.whoosh_writer import Writer
from search.opensearch_engine import OpenSearchEngine
from search.query import Query
from search.tables import Asked
from search.whoosh_engine import WhooshEngine
from test_cluster import build
from test_figures_index import random_documents, wishes

QUERIES = (Query(), Query("lúa"), Query("lúa", sort="relevance"), Query(reprints=False), Query("hop tac xa", size=3, page=4))


def by_day(found):
    """Of one day articles come in the order of the index."""
    return [day for day, _, _ in found] == sorted((day for day, _, _ in found), reverse=True) and Counter(found)


def test_the_same_figures_and_the_same_tables_in_both_engines(where, tmp_path):
    rng = random.Random(7)
    documents = list(random_documents(rng, 60))
    writer, cluster = Writer(tmp_path), Cluster(where)
    for one in documents:
        writer.add(row(one))
    writer.finish()
    with WhooshEngine(tmp_path) as here, OpenSearchEngine(cluster, build(cluster, documents)) as there:
        for query in QUERIES:
            for wanted in wishes(rng, 12):
                told = [engine.figures(query, wanted) for engine in (here, there)]
                assert told[0].total == told[1].total, wanted
                one, other = (by_day([(r.published or "", r.id, r) for r in found.reported]) for found in told)
                assert one == other, wanted
            whole = [(r.id, r.figure) for r in there.figures(query).reported]
            assert whole == [(r.id, r.figure) for skip in range(0, len(whole) + 7, 7) for r in there.figures(query, skip=skip, most=7).reported]
            for asked in (Asked("htx"), Asked("htx", "part"), Asked("htx", level="district"), Asked("tht", present=True), Asked("none")):
                assert here.table(query, asked) == there.table(query, asked)
