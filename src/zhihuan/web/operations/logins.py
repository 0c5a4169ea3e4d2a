"""Logins counted, for whoever watches for guessing. (Who it was stands in the audit trail.)"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from prometheus_client import Counter

logins_total = Counter("zhihuan_web_logins_total", "logins tried", ["result"])
for _result in ("ok", "failed"):
    logins_total.labels(_result)  # there from the start, so that a rate has something to grow from


def listen() -> None:
    """Count from now on."""
    user_logged_in.connect(_ok, dispatch_uid="operations.logged_in")
    user_login_failed.connect(_failed, dispatch_uid="operations.login_failed")


def _ok(**_given: Any) -> None:
    logins_total.labels("ok").inc()


def _failed(**_given: Any) -> None:
    logins_total.labels("failed").inc()
