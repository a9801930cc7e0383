"""The addresses under which a page is served become one key."""
import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

#: parameters that say how a reader came, not what is shown
_TRACKING = re.compile(r"^(utm_\w*|fbclid|gclid|gclsrc|dclid|msclkid|zarsrc|yclid|igshid|mc_[ce]id|_ga|_gl|spm|amp|"
                       r"ref|ref_src|referrer|source_referrer|share|fb_\w*|gidzl|zalo_\w*|outputtype)$", re.I)
_DEFAULT = re.compile(r"(/(index|default|home)\.(html?|php|aspx?|jsp))$", re.I)
_AMP_HOST = re.compile(r"^(www\d?|m|mobile|amp|wap)\.", re.I)
_AMP_PATH = re.compile(r"(/amp)?/?$|\.amp(?=\.html?$)", re.I)
_AMP_START = re.compile(r"^/amp(?=/)", re.I)


def canonical(url: str) -> str:
    """The address to show and keep: a whole one, without tracking and fragment; anything else unchanged."""
    parts = _split(url)
    if parts is None:
        return url
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)])
    query = parts.query if len(query) == len(parts.query) else query
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def key(url: str) -> str:
    """The same for http and https, www, the mobile and AMP editions, with and without a last slash or tracking."""
    parts = _split(url)
    if parts is None:
        return url
    host = (parts.hostname or "").rstrip(".")
    host = _AMP_HOST.sub("", host) if host.count(".") > 1 else host
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _DEFAULT.sub("/", _AMP_START.sub("", unquote(parts.path)))
    path = _AMP_PATH.sub("", path.rstrip("/")).rstrip("/")
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    return host + port + path + ("?" + urlencode(query) if query else "")


def host(url: str) -> str | None:
    """The publisher's domain without www; None where there is no address."""
    parts = _split(url)
    return re.sub(r"^(www\d?|m|amp)\.(?=.*\.)", "", parts.hostname.rstrip(".")) if parts and parts.hostname else None


def home(url: str) -> bool:
    """The front page of a site, which no article has for its address whatever its head says."""
    parts = _split(url)
    return parts is not None and parts.path in ("", "/") and not parts.query


def whole(url: str | None) -> bool:
    return bool(url) and _split(url) is not None


def _split(url: str):
    try:
        parts = urlsplit(url.strip())
        parts.port
    except ValueError:
        return None
    return parts if parts.scheme.lower() in ("http", "https") and parts.hostname else None
