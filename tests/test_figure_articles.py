"""Invented articles of many kinds, each with every figure of the sector or of one cooperative that it tells: no more, no fewer."""
import json
from pathlib import Path

import pytest

from corpus import places
from corpus.article import Article
from corpus.dates import year_of
from corpus.evidence import Evidence
from corpus.figures import Figure, figures

ARTICLES = [json.loads(line) for line in Path(__file__).with_name("figure_articles.jsonl").read_text(encoding="utf-8").splitlines()]


def read(item: dict) -> list[Figure]:
    published = item["published"] and Evidence(item["published"], "given")
    article = Article("https://bao.vn/1", title=item["title"], body=item["text"], published=published)
    return [one for one in figures(article, places.provinces(article), year_of(article)) if one.measure != "other"]


def agree(figure: Figure, told: dict) -> bool:
    """The same measure, value, date and goal, of the sector or of one; of one cooperative the province will do."""
    single = figure.subject is not None
    where = (lambda place: (place or "").rpartition(", ")[2]) if single else (lambda place: place)
    dated = any(figure.as_of == day or figure.as_of and day and figure.as_of[:len(day)] == day[:len(figure.as_of)] for day in told["as_of"])
    return (figure.measure == told["measure"] and figure.value == pytest.approx(told["value"]) and dated
            and figure.target == told.get("target", False) and single == told.get("single", False)
            and where(figure.place) == where(told["place"]))


@pytest.mark.parametrize("item", ARTICLES, ids=[item["title"][:40] for item in ARTICLES])
def test_articles(item: dict):
    found, told = read(item), item["figures"]
    missed = [one for one in told if not one.get("optional") and not any(agree(figure, one) for figure in found)]
    false = [figure for figure in found if not any(agree(figure, one) for one in told)]
    assert not missed and not false


def test_what_is_told_is_worth_reading():
    assert len(ARTICLES) >= 64 and sum(len(item["figures"]) for item in ARTICLES) >= 540
