"""Fixtures shared by the tests."""
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])    # a busy machine is no failure
settings.load_profile("steady")
os.environ.setdefault("TIMHTX_SECONDS", "60")       # nor are answers that came late

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def nodes():
    """Real OpenSearch nodes: `addresses`, and `cluster` to kill and start them, None where they are not ours."""
    from nodes import Cluster, Unavailable

    given = os.environ.get("TIMHTX_TEST_CLUSTER")
    if given:
        yield SimpleNamespace(addresses=given.split(), cluster=None)
        return
    try:
        cluster = Cluster()
    except Unavailable as reason:
        pytest.skip(f"NO CLUSTER TO TEST ON: {reason}")
    try:
        with cluster:
            yield SimpleNamespace(addresses=cluster.addresses, cluster=cluster)
    except Unavailable as reason:
        pytest.skip(f"NO CLUSTER TO TEST ON: {reason}")


@pytest.fixture
def where(nodes, request, tmp_path, monkeypatch):
    """The address of an index of this test's own; gone afterwards. What rebuilds keep on this machine is in tmp_path."""
    import re

    from index.opensearch_address import Address
    from index.opensearch_cluster import Cluster

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    name = re.sub("[^a-z0-9]+", "-", request.node.name.lower())[:40].strip("-")
    hosts = ",".join(address.split("//")[1] for address in nodes.addresses)
    address = Address.of(f"http://{hosts}/{name}")
    yield address
    cluster = Cluster(address, deadline=90)      # a test may have hurt it
    for index in cluster("GET", f"/{name}*/_alias"):
        cluster("DELETE", f"/{index}")
    cluster.close()
