"""Three real OpenSearch nodes on loopback for the tests: fetched once, started as an unprivileged user, stopped at the end.

    python tests/nodes.py fetch     fetch the server (162 MB, Maven Central) and unpack it
    python tests/nodes.py run       start three nodes, print their address, stop them on Ctrl-C
                                    (--nodes N, --heap 1g)
"""
import argparse
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

VERSION = "3.6.0"
CACHE = Path("/var/cache/timhtx" if os.geteuid() == 0 else Path.home() / ".cache" / "timhtx")   # where "nobody" may read too
HEAP = "512m"
PATIENCE = 600          # seconds until three nodes answer; ten on an idle machine, three minutes on a busy one
HASTY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"      # nodes that live for some minutes: half the work until they answer
PREFIX = "timhtx-nodes-"
JAVA = 21               # the oldest the server runs on


class Unavailable(Exception):
    """Why no server can be had on this machine."""


def fetch(version: str = VERSION) -> Path:
    """The unpacked server. Raises Unavailable with the reason."""
    home = CACHE / f"opensearch-{version}"
    if (home / "lib").is_dir():
        return home
    archive = fetched(f"org.opensearch.distribution.integ-test-zip:opensearch:{version}:zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(CACHE)
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    options = home / "config" / "jvm.options"
    options.write_text("".join(line for line in options.read_text().splitlines(True) if "gc.log" not in line and "-Xm" not in line))
    archive.unlink()
    return home


def fetched(artifact: str) -> Path:
    """An archive out of Maven Central. Raises Unavailable."""
    if not shutil.which("mvn"):
        raise Unavailable("no Maven (mvn) to fetch the server with")
    CACHE.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={CACHE}"],
                         capture_output=True, text=True, stdin=subprocess.DEVNULL)
    _, name, version, _ = artifact.split(":")
    archive = CACHE / f"{name}-{version}.zip"
    if run.returncode or not archive.exists():
        raise Unavailable(f"Maven could not fetch {artifact}: {(run.stdout or run.stderr).strip()[-300:]}")
    return archive


def java() -> Path:
    """A home of a JDK the server runs on. Raises Unavailable."""
    homes = [os.environ.get("JAVA_HOME"), *sorted(Path("/usr/lib/jvm").glob("*"))] if Path("/usr/lib/jvm").is_dir() else [os.environ.get("JAVA_HOME")]
    for home in filter(None, map(lambda h: h and Path(h), homes)):
        release = home / "release"
        said = release.read_text() if release.is_file() else ""
        number = next((line.split('"')[1] for line in said.splitlines() if line.startswith("JAVA_VERSION=")), "0")
        if int(number.split(".")[0].split("-")[0] or 0) >= JAVA and (home / "bin" / "java").exists():
            return home
    raise Unavailable(f"no JDK of version {JAVA} or newer in JAVA_HOME or /usr/lib/jvm")


class Cluster:
    """Nodes that run while the context lasts; each can be killed and started again at the same address."""

    def __init__(self, nodes: int = 3, heap: str = HEAP, options: str = HASTY, home: Path | None = None,
                 settings: Callable[[Path], str] = lambda config: "", ask: Callable[[str], dict] | None = None):
        """`settings`: more of them, for the folder with a node's configuration; `ask`: how its health is asked for."""
        self._home, self._java, self._settings, self._ask = home or fetch(), java(), settings, ask or asked
        self._options = f"-Xms{heap} -Xmx{heap} {options}"
        sweep()
        self._where = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self._http, self._transport = free_ports(nodes), free_ports(nodes)
        self._processes: list[subprocess.Popen | None] = [None] * nodes
        self.addresses = [f"http://127.0.0.1:{port}" for port in self._http]

    def __enter__(self) -> "Cluster":
        try:
            for i in range(len(self.addresses)):
                self.start(i)
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error) -> None:
        for i in range(len(self.addresses)):
            self.kill(i)
        shutil.rmtree(self._where, ignore_errors=True)

    def start(self, i: int) -> None:
        folder = self._where / f"node{i}"
        if not folder.exists():
            self._settle(folder, i)
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENSEARCH_", "JAVA_"))} | {
            "OPENSEARCH_JAVA_HOME": str(self._java), "JAVA_HOME": str(self._java), "OPENSEARCH_PATH_CONF": str(folder / "config"),
            "OPENSEARCH_JAVA_OPTS": self._options, "OPENSEARCH_TMPDIR": str(folder / "tmp"), "HOME": str(folder)}
        with open(folder / "out.log", "ab") as log:
            self._processes[i] = subprocess.Popen(
                [*bound(), str(self._home / "bin" / "opensearch")], cwd=folder, env=environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def _settle(self, folder: Path, i: int) -> None:
        for name in ("data", "logs", "tmp"):
            (folder / name).mkdir(parents=True)
        shutil.copytree(self._home / "config", folder / "config")
        options = folder / "config" / "jvm.options"
        options.write_text("".join(line for line in options.read_text().splitlines(True) if "G1" not in line and "InitiatingHeap" not in line))
        peers = json.dumps([f"127.0.0.1:{port}" for port in self._transport])
        (folder / "config" / "opensearch.yml").write_text(f"""\
cluster.name: timhtx-test
node.name: node{i}
network.host: 127.0.0.1
http.port: {self._http[i]}
transport.port: {self._transport[i]}
discovery.seed_hosts: {peers}
cluster.initial_cluster_manager_nodes: {json.dumps([f"node{n}" for n in range(len(self._http))])}
path.data: {folder / "data"}
path.logs: {folder / "logs"}
cluster.routing.allocation.disk.threshold_enabled: false
{self._settings(folder / "config")}""")
        if os.geteuid() == 0:
            self._where.chmod(0o755)
            subprocess.run(["chown", "-R", "nobody", str(folder)], check=True)

    def kill(self, i: int, how: int = signal.SIGKILL) -> None:
        process = self._processes[i]
        if process and process.poll() is None:
            os.killpg(process.pid, how)
            if how == signal.SIGKILL:
                process.wait()

    def wait(self, nodes: int | None = None) -> None:
        """Until every node that runs answers and sees all the others. Raises Unavailable with the log's end."""
        nodes = nodes or sum(p is not None and p.poll() is None for p in self._processes)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if sum(self._sees(address) == nodes for address in self.addresses) >= nodes:
                return
            if all(p is None or p.poll() is not None for p in self._processes):
                break
            time.sleep(0.5)
        raise Unavailable("the nodes did not find each other: " + (self._where / "node0" / "out.log").read_text()[-800:])

    def _sees(self, address: str) -> int:
        try:
            health = self._ask(f"{address}/_cluster/health")
        except (urllib.error.URLError, OSError, ValueError):
            return 0
        return health["number_of_nodes"] if health["status"] != "red" else 0


def asked(url: str, context: ssl.SSLContext | None = None, **headers: str) -> dict:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5, context=context) as answer:
        return json.load(answer)


def bound() -> list[str]:
    """A node dies with the thread that started it, however that ends; and the server refuses to run as root."""
    if not shutil.which("setpriv"):
        return []
    user = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig", "KILL"]


def sweep() -> None:
    """Removes folders whose owner was killed."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("do", choices=("fetch", "run"))
    options.add_argument("--nodes", type=int, default=3)
    options.add_argument("--heap", default=HEAP)
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *told: sys.exit(0))       # the nodes must not outlive this
    try:
        if given.do == "fetch":
            return print(fetch())
        with Cluster(given.nodes, given.heap, "") as cluster:
            print(" ".join(cluster.addresses), flush=True)
            signal.pause()
    except Unavailable as reason:
        sys.exit(f"no OpenSearch for the tests: {reason}")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
