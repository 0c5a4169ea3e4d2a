"""The store URL of a cluster, taken apart; every mistake gets a sentence.

``clickhouse://[user[:password]@]host[:port][,host[:port]...]/database?cluster=name``, options:

- ``quorum`` = ``all`` (default): an insert returns when every replica of its shard has it; with a
  replica down nothing is acknowledged, and nothing can be lost by losing any one machine.
  ``quorum=degrade``: with a replica down the living one alone is enough until it is back; what is
  acknowledged meanwhile lies on one machine only. The operator chooses.
- ``secure=1``: TLS to the servers; ``ca_certs=/path`` the certificates to trust.
- ``connect_seconds``, ``insert_seconds``: how long to wait for a host, and for the quorum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

__all__ = ["ClusterUrl", "parse_cluster_url"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_OPTIONS = ("cluster", "quorum", "secure", "ca_certs", "connect_seconds", "insert_seconds")


@dataclass(frozen=True, slots=True)
class ClusterUrl:
    """Where the cluster is and how to speak to it. hosts: seeds; the cluster tells the others."""

    hosts: tuple[tuple[str, int], ...]
    database: str
    cluster: str
    user: str = "default"
    password: str = ""
    degrade: bool = False
    secure: bool = False
    ca_certs: str | None = None
    connect_seconds: float = 2.0
    insert_seconds: float = 15.0


def parse_cluster_url(url: str) -> ClusterUrl:
    """The parts of ``url``; ``ValueError`` says which part is wrong and what it should look like.
    The message never repeats the password."""
    parts = urlsplit(url)
    login, _, places = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    secure_port = 9440
    options = _options(parts.query)
    secure = options.get("secure", "0") in {"1", "true", "yes"}
    return ClusterUrl(
        hosts=tuple(_host(place, secure_port if secure else 9000) for place in places.split(",")),
        database=_name("database", parts.path.strip("/") or "zhihuan"),
        cluster=_name("cluster", options.get("cluster", "")),
        user=unquote(user) or "default",
        password=unquote(password),
        degrade=_quorum(options.get("quorum", "all")),
        secure=secure,
        ca_certs=options.get("ca_certs"),
        connect_seconds=_seconds("connect_seconds", options.get("connect_seconds", "2")),
        insert_seconds=_seconds("insert_seconds", options.get("insert_seconds", "15")),
    )


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(options.keys() - set(_OPTIONS)):
        raise ValueError(
            f"store URL: unknown option {', '.join(unknown)}; known are {', '.join(_OPTIONS)}"
        )
    return options


def _host(place: str, default_port: int) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^:\[\]]+)(?::(\d+))?", place)
    if found is None:
        raise ValueError(f"store URL: {place!r} is no host; write host or host:port")
    return found[1].strip("[]"), int(found[2] or default_port)


def _name(what: str, value: str) -> str:
    if not _NAME.match(value):
        raise ValueError(
            f"store URL: {what} is {value!r}; expected letters, digits and underscores, as in "
            "clickhouse://host1:9000,host2:9000/zhihuan?cluster=zhihuan"
        )
    return value


def _quorum(value: str) -> bool:
    if value not in {"all", "degrade"}:
        raise ValueError(f"store URL: quorum is {value!r}; expected all or degrade")
    return value == "degrade"


def _seconds(what: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 3600:
        raise ValueError(f"store URL: {what} is {value!r}; expected seconds, 0 to 3600")
    return seconds
