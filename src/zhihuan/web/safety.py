"""Judge the settings in plain words: what is unsafe, why, and how to mend it.

Pure: looks at the loaded settings and the files of the home folder, changes nothing. Two severities:
an *error* is unsafe wherever the platform runs; a *warning* matters when others can reach it, and
counts as an error for a deployment.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhihuan.web import environment
from zhihuan.web.finding import Finding
from zhihuan.web.gateway_safety import gateway_findings
from zhihuan.web.sign_in_safety import sign_in_findings


def findings(settings: Any) -> list[Finding]:
    """Everything unsafe in ``settings`` (Django's settings object), worst first."""
    found = [finding for rule in _RULES for finding in rule(settings)]
    return sorted(found, key=lambda finding: not finding.is_error)


def _debug(settings: Any) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            "ZHIHUAN_DEBUG",
            "Errors show source code, settings and data to whoever causes them.",
            "Unset ZHIHUAN_DEBUG, or set it to 0.",
        )


def _secret_key(settings: Any) -> Iterator[Finding]:
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        yield Finding(
            "ZHIHUAN_SECRET_KEY",
            "The key that signs sessions is short or has too few different characters: it can be "
            "guessed, and with it any account taken.",
            "Unset it, so that a good one is generated into ZHIHUAN_HOME/secret.key; or give 50 or "
            "more random characters.",
            is_error=True,
        )


def _hosts(settings: Any) -> Iterator[Finding]:
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "ZHIHUAN_ALLOWED_HOSTS",
            "Any Host header is accepted, so links in pages can be made to lead elsewhere.",
            "Name the hosts under which people reach the platform, separated by commas.",
            is_error=True,
        )
    elif all(host in {"localhost", "127.0.0.1", "[::1]"} for host in settings.ALLOWED_HOSTS):
        yield Finding(
            "ZHIHUAN_ALLOWED_HOSTS",
            "Only this machine's own names are accepted: other people get “400 Bad Request”.",
            "Add the name people use, e.g. ZHIHUAN_ALLOWED_HOSTS=eco.example.gov.cn",
        )


def _https(settings: Any) -> Iterator[Finding]:
    if not settings.HTTPS:
        yield Finding(
            "ZHIHUAN_HTTPS",
            "Passwords and sessions travel in clear text.",
            "Put a TLS proxy in front, then set ZHIHUAN_HTTPS=1 and ZHIHUAN_BEHIND_PROXY=1.",
        )
    elif not settings.BEHIND_PROXY:
        yield Finding(
            "ZHIHUAN_BEHIND_PROXY",
            "ZHIHUAN_HTTPS is set, but this program does not speak TLS itself: every request looks "
            "like plain HTTP and is redirected for ever.",
            "Set ZHIHUAN_BEHIND_PROXY=1 when a proxy that sets X-Forwarded-Proto stands in front.",
            is_error=True,
        )


def _proxy(settings: Any) -> Iterator[Finding]:
    address = settings.ZHIHUAN_WEB_ADDRESS
    if settings.BEHIND_PROXY and not address.startswith(("127.", "localhost", "[::1]")):
        yield Finding(
            "ZHIHUAN_WEB_ADDRESS",
            f"A proxy is trusted, but {address} may be reached around it; then clients can lie about "
            "their address and scheme.",
            "Bind 127.0.0.1, or let a firewall admit only the proxy.",
        )


def _database(settings: Any) -> Iterator[Finding]:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Finding(
            "ZHIHUAN_DATABASE_URL",
            "SQLite serves one machine and a handful of people; there is no standby.",
            "For a bureau use PostgreSQL: ZHIHUAN_DATABASE_URL=postgres://user:password@host/zhihuan",
        )


def _parts(settings: Any) -> Iterator[Finding]:
    missing = sorted({"gateway", "scheduler"} - settings.ZHIHUAN_PARTS)
    if missing and settings.ZHIHUAN_STORE_URL.startswith("chdb:"):
        yield Finding(
            "ZHIHUAN_PARTS",
            f"{' and '.join(missing)} is left to another process, but an embedded store admits one "
            "process only: nobody does it.",
            "Unset it, or give all processes a cluster by ZHIHUAN_STORE_URL (docs/deploy-many.md).",
            is_error=True,
        )


def _metrics(settings: Any) -> Iterator[Finding]:
    if settings.BEHIND_PROXY and not settings.ZHIHUAN_METRICS_TOKEN:
        yield Finding(
            "ZHIHUAN_METRICS_TOKEN",
            "Without a token only requests from this machine itself may read /metrics: your "
            "monitoring cannot.",
            "Set ZHIHUAN_METRICS_TOKEN to a long random text and give it to Prometheus.",
        )


def _home(settings: Any) -> Iterator[Finding]:
    for path in (settings.ZHIHUAN_HOME / "secret.key", settings.ZHIHUAN_HOME / "sealing.key"):
        if path.exists() and _others_may_read(path):
            yield Finding(
                "ZHIHUAN_HOME",
                f"{path} can be read by other accounts of this machine.",
                f"chmod 600 {path}",
                is_error=True,
            )


def _open_folders(settings: Any) -> Iterator[Finding]:
    """The home, and an SQLite file that lies elsewhere: names, orders and all data are in them."""
    home = settings.ZHIHUAN_HOME
    if home.exists() and _others_may_enter(home):
        yield Finding(
            "ZHIHUAN_HOME",
            f"{home} is open to other accounts of this machine: the databases in it can be read.",
            f"chmod 700 {home}",
        )
    entry = settings.DATABASES["default"]
    file = Path(str(entry.get("NAME", "")))
    if not entry["ENGINE"].endswith("sqlite3") or file.parent == home or not file.is_file():
        return
    if _others_may_read(file) and _others_may_enter(file.parent):
        yield Finding(
            "ZHIHUAN_DATABASE_URL",
            f"{file} can be read by other accounts of this machine.",
            f"chmod 600 {file}",
        )


def _others_may_read(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _others_may_enter(folder: Path) -> bool:
    return bool(folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _typing_slips(_settings: Any) -> Iterator[Finding]:
    for name in environment.unknown():
        yield Finding(
            name,
            "Nothing reads this variable; most often its name is misspelt.",
            "Correct the name or unset it; docs/settings.md lists every variable.",
        )


_RULES = (
    _debug,
    _secret_key,
    _hosts,
    _https,
    _proxy,
    _database,
    _parts,
    _metrics,
    _home,
    _open_folders,
    gateway_findings,
    sign_in_findings,
    _typing_slips,
)
