"""From a database URL to Django's DATABASES, with what each engine needs to be safe under load."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zhihuan.web.environment import BadSettingError

_SQLITE_START = (
    "PRAGMA journal_mode=WAL;"  # readers never wait for the writer
    "PRAGMA synchronous=FULL;"  # an order given by an officer survives a power cut
    "PRAGMA busy_timeout=20000;"
    "PRAGMA foreign_keys=ON;"
)


def parse(url: str, home: Path) -> dict[str, Any]:
    """One entry of DATABASES. Empty ``url``: SQLite in the home folder.

    BadSettingError names the variable; it never repeats the URL, which holds a password.
    """
    if not url:
        return _sqlite(home / "zhihuan.sqlite3")
    try:
        return _parsed(url, home)
    except BadSettingError:
        raise
    except ValueError:  # urlsplit quotes what it does not understand: not passed on
        raise BadSettingError(
            "ZHIHUAN_DATABASE_URL: host or port cannot be understood (port 1 to 65535; an IPv6 "
            "address in brackets; other characters of a password as %XX); write "
            "postgres://user:password@host:5432/name"
        ) from None


def _parsed(url: str, home: Path) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)[1:] or home / "zhihuan.sqlite3"))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise BadSettingError(
        f"ZHIHUAN_DATABASE_URL: scheme {parts.scheme!r} is not known; write "
        "sqlite:////path/to/file or postgres://user:password@host:5432/name"
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # Take the write lock at BEGIN: a later upgrade would fail at once, without waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_START,
        },
        # A file, so that tests see the same locking as a real installation; one per process.
        "TEST": {"NAME": f"{tempfile.gettempdir()}/zhihuan-test-{os.getpid()}.sqlite3"},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if not parts.path.strip("/"):
        raise BadSettingError(
            "ZHIHUAN_DATABASE_URL: name a database, postgres://user:password@host/name"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder travels as ?host=/var/run/postgresql, as libpq has it.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Under ASGI requests run in threads that come and go: a kept connection would be a leak.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"application_name": "zhihuan", **options},
    }
