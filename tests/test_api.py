"""The JSON interface is what its description says, and the description is valid."""
import re

import pytest

from demo import app, client, served
from index.fields import FACETS

openapi_spec_validator = pytest.importorskip("openapi_spec_validator")
jsonschema = pytest.importorskip("jsonschema")

SHAPE = {"query", "total", "match", "hits", "facets", "notes", "applied", "partial", "seconds"}
HIT = {"id", "url", "title", "passages", "source", "published", "year", "provinces", "resolutions", "score", "why"}


def described():
    return client().get("/api/openapi.json").json


def check(answer, name):
    schema = {"$ref": f"#/components/schemas/{name}", "components": described()["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.json)


def test_the_description_is_valid_and_describes_every_route():
    openapi_spec_validator.validate(described())
    routes = {re.sub("<(?:[^:>]+:)?([^>]+)>", "{}", rule.rule) for rule in app().url_map.iter_rules() if rule.rule.startswith("/api/")}
    paths = {re.sub("{[^}]+}", "{}", path) for path in described()["paths"]}
    assert {route for route in routes if route in paths} == paths and {"/api/search", "/api/grid", "/api/values/{}"} <= paths
    assert not [route for route in routes - paths if "so-lieu" not in route and "figures" not in route]


@pytest.mark.parametrize("query", ["", "q=HTX", "q=zzzz", "q=lúa&tinh=hoa-binh&-nam=2021&tat=htx&khop=phanlon&tin=goc&sap=cu-nhat&so=3&trang=2", "nq=nq20&nq=nq13&tatca=nq"])
def test_answers_have_the_shape_described(query):
    answer = client().get(f"/api/search?{query}")
    assert answer.status_code == 200 and SHAPE <= set(answer.json) and all(HIT <= set(hit) for hit in answer.json["hits"])
    assert set(answer.json["facets"]) == set(FACETS)
    check(answer, "Results")
    check(client().get(f"/api/grid?{query}"), "Grid")
    check(client().get(f"/api/suggest?{query}"), "Suggestions")
    for facet in FACETS.values():
        check(client().get(f"/api/values/{facet.param}?{query}"), "Values")
    check(client().get("/api/about"), "About")
    check(client().get("/api/values/nothing"), "Failure")


def test_what_cannot_be_read_is_400_with_its_place_and_the_literal_results():
    answer = client().get('/api/search?q=HTX+("lúa')
    assert answer.status_code == 400 and answer.json["error"]["at"] in (4, 5) and answer.json["error"]["parameter"] == "q"
    assert answer.json["total"] > 0
    check(answer, "Unread")
    dates = client().get("/api/search?tu=hôm+qua")
    assert dates.status_code == 400 and dates.json["error"]["parameter"] == "tu"
    check(dates, "Unread")


def test_every_parameter_described_takes_part():
    whole = client().get("/api/search?q=HTX").json
    for parameter in described()["paths"]["/api/search"]["get"]["parameters"]:
        value = {"q": "lúa", "tinh": "hoa-binh", "tinhnay": "phu-tho", "nam": "2021", "nq": "nq20", "tu": "2022", "den": "2019", "tat": "htx", "khop": "tatca",
                 "tin": "goc", "sap": "moi-nhat", "trang": "2", "so": "5", "tatca": "nq"}.get(parameter["name"].lstrip("-"), "Nông Vụ")
        asked = client().get("/api/search", query_string={"q": "HTX", parameter["name"]: value})
        assert asked.status_code == 200 and asked.json["query"]["args"] != whole["query"]["args"], parameter["name"]


def test_spans_point_at_the_words():
    for hit in client().get("/api/search?q=lúa").json["hits"]:
        for text in (hit["title"], *hit["passages"]):
            assert all("lúa" in text["text"][a:b].lower() for a, b in text["spans"])


def test_the_description_holds_under_requests_made_from_it():
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, given, settings

    with served() as address:
        schema = schemathesis.openapi.from_url(address + "/api/openapi.json")
        named = schemathesis.checks.CHECKS.get_by_names
        checks = named(["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"])
        for operation in schema.get_all_operations():

            @settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.ok().as_strategy())
            def exercise(case):
                case.call_and_validate(checks=checks)

            exercise()


def test_a_better_spelling_and_typed_exclusions_are_told():
    found = client().get("/api/search?q=hợp+tcá+-lúa&khop=tatca").json
    assert [(one["text"], one["without"].strip()) for one in found["exclusions"]] == [("-lúa", "hợp tcá")]
    assert found["total"] == 0 and client().get("/api/search", query_string={"q": found["better"], "khop": "tatca"}).json["total"] > 0
    assert client().get("/api/search?q=lúa").json["better"] is None
