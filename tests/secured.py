"""One real OpenSearch node with its security plugin: a certificate nobody knows, users, roles."""
import base64
import json
import re
import shutil
import ssl
import subprocess
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from nodes import CACHE, VERSION, Cluster, asked, fetch, fetched

#: The newest that Maven Central has; the server of the same version comes without the modules that timhtx needs, so it is
#: told to do with ours, which it does.
PLUGIN = "org.opensearch.plugin:opensearch-security:3.4.0.0:zip"
ADMIN = "admin", "admin"        # of the plugin's own demonstration users
_SETTINGS = """\
plugins.security.ssl.transport.enforce_hostname_verification: false
plugins.security.ssl.http.enabled: true
plugins.security.allow_default_init_securityindex: true
plugins.security.restapi.roles_enabled: [all_access]
""" + "".join(f"plugins.security.ssl.{layer}.{what}_filepath: {file}\n" for layer in ("transport", "http")
              for what, file in (("pemcert", "node.pem"), ("pemkey", "node.key"), ("pemtrustedcas", "node.pem")))


def server() -> Path:
    """The unpacked server with the plugin in it. Raises Unavailable."""
    home = CACHE / f"opensearch-{VERSION}-secured"
    if not home.is_dir():
        archive, plain = fetched(PLUGIN), fetch()
        building = home.with_suffix(".new")
        shutil.rmtree(building, ignore_errors=True)
        shutil.copytree(plain, building)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(building / "plugins" / "opensearch-security")
        described = building / "plugins" / "opensearch-security" / "plugin-descriptor.properties"
        described.write_text(re.sub(r"(?m)^opensearch\.version=.*$", f"opensearch.version={VERSION}", described.read_text()))
        for jar in (building / "lib").glob("bc*.jar"):        # no class may be there twice
            (described.parent / jar.name).unlink(missing_ok=True)
        shutil.move(building / "plugins" / "opensearch-security" / "config", building / "config" / "opensearch-security")
        archive.unlink()
        building.rename(home)
    return home


@contextmanager
def secured(folder: Path) -> Iterator[SimpleNamespace]:
    """`host` and `port`, the file of the `authority`, and `put(path, body)` as the administrator."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "node.key", "-out", folder / "node.pem"],
                   check=True, capture_output=True)
    context = ssl.create_default_context(cafile=folder / "node.pem")
    login = "Basic " + base64.b64encode(":".join(ADMIN).encode()).decode()

    def settings(config: Path) -> str:
        for name in ("node.pem", "node.key"):
            shutil.copy(folder / name, config / name)
        return _SETTINGS

    def ask(url: str) -> dict:
        return asked(url.replace("http://", "https://"), context, authorization=login)

    def put(path: str, body: dict) -> None:
        request = urllib.request.Request(f"https://127.0.0.1:{port}/{path}", json.dumps(body).encode(), method="PUT",
                                         headers={"authorization": login, "content-type": "application/json"})
        urllib.request.urlopen(request, timeout=30, context=context).close()

    with Cluster(1, home=server(), settings=settings, ask=ask) as cluster:
        port = int(cluster.addresses[0].rsplit(":", 1)[1])
        yield SimpleNamespace(host="localhost", port=port, authority=folder / "node.pem", put=put)
