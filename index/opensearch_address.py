"""Where an index is kept, as typed, becomes a data folder or a cluster's address; and who may use it."""
import netrc
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

USER, PASSWORD, AUTHORITY = "TIMHTX_USER", "TIMHTX_PASSWORD", "TIMHTX_CA"      # in the environment
PORT = 9200
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


class Unreachable(Exception):
    """A cluster does not answer, or not as it should. Says what helps."""


@dataclass(frozen=True, slots=True)
class Address:
    """https://host:9200/htx, or of several nodes https://a:9200,b:9200/htx."""
    scheme: str
    nodes: tuple[tuple[str, int], ...]
    name: str                           # of the alias, which generations are named after

    @classmethod
    def of(cls, url: str) -> "Address":
        """Raises Unreachable where it is none. Never repeats the address, which may hold a password."""
        scheme, _, rest = url.partition("://")
        hosts, _, name = rest.partition("/")
        if "@" in hosts:
            raise Unreachable(f"an address must not hold a login: give it in ${USER} and ${PASSWORD}, or in ~/.netrc")
        name = name.strip("/")
        if not _NAME.fullmatch(name):
            raise Unreachable(f"{scheme}://{hosts}/ wants the index's name behind it, in small letters: {scheme}://{hosts}/htx")
        return cls(scheme, tuple(_node(scheme, host) for host in hosts.split(",")), name)

    def __str__(self) -> str:
        return f"{self.scheme}://{','.join(f'{host}:{port}' for host, port in self.nodes)}/{self.name}"

    def absolute(self) -> "Address":
        """As a folder has it."""
        return self

    def login(self) -> tuple[str, str] | None:
        """(user, password) from the environment, else from the netrc file's entry for one of the hosts."""
        if os.environ.get(USER):
            return os.environ[USER], os.environ.get(PASSWORD, "")
        try:
            known = netrc.netrc(os.environ.get("NETRC"))
        except FileNotFoundError:
            return None
        except netrc.NetrcParseError as error:
            raise Unreachable(f"the netrc file cannot be read: {error.msg}, line {error.lineno}") from None
        found = (known.authenticators(host) for host, _ in self.nodes)
        return next(((login, password or "") for login, _, password in filter(None, found)), None)


def place(where: "str | Path | Address") -> Path | Address:
    """A data folder, or a cluster's address where it begins with http:// or https://."""
    if isinstance(where, str) and where.startswith(("http://", "https://")):
        return Address.of(where)
    return where if isinstance(where, Address) else Path(where)


def cache_of(address: Address) -> Path:
    """Where what a rebuild keeps on this machine goes: the analysis of pages, reports of what was skipped."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "timhtx" / re.sub(r"[^a-z0-9.-]+", "-", str(address).lower())


def _node(scheme: str, host: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"{scheme}://{host}")
        if parts.hostname:
            return parts.hostname, parts.port or PORT
    except ValueError:
        pass
    raise Unreachable(f"{host!r} is no host and port")
