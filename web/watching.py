"""Each request becomes a line of the log and a number for the monitor; neither holds what was searched nor who asked."""
import json
import logging
import os
import time
from datetime import datetime, timezone

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"     # where several processes keep their numbers together
STEPS = (.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5)  # seconds

log = logging.getLogger("timhtx.access")
requests = Counter("timhtx_requests", "Requests answered.", ["route", "status"])
seconds = Histogram("timhtx_request_seconds", "Time to answer a request.", ["route"], buckets=STEPS)
monitor = Blueprint("monitor", __name__)


def watch(app: Flask) -> None:
    app.register_blueprint(monitor)

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        took, route = time.perf_counter() - g.get("began", time.perf_counter()), request.endpoint or "none"
        requests.labels(route, str(response.status_code)).inc()
        seconds.labels(route).observe(took)
        log.info(line(route, response, took))
        return response


def line(route: str, response: Response, took: float) -> str:
    """JSON: the route, not the address asked for; no query, no name of an article, no address of a reader."""
    return json.dumps({"time": datetime.now(timezone.utc).isoformat(timespec="milliseconds"), "method": request.method, "route": route,
                       "status": response.status_code, "ms": round(took * 1000, 2), "bytes": response.content_length})


@monitor.get("/metrics")
def metrics() -> Response:
    """In the text format of Prometheus, summed over all processes."""
    registry = REGISTRY
    if SHARED in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
