"""Judge what the database holds, as ``safety`` judges the settings: what is unsafe, why, the remedy.

Reads only. What matters once others can reach the platform is a warning, as there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zhihuan.bureau.people.models import User
from zhihuan.bureau.registry.models import Device
from zhihuan.web.finding import Finding
from zhihuan.web.sign_in_safety import account_findings

_NAMED = 5


def data_findings() -> list[Finding]:
    """Everything unsafe in the database; nothing for an installation that has none yet.

    Raises django.db.OperationalError when the database does not answer.
    """
    if _not_made_yet():
        return []
    missing = list(_pending_migrations())
    # tables of another version cannot be asked
    return missing or [
        *_synthetic_accounts(),
        *account_findings(),
        *_devices_without_password(),
    ]


def _not_made_yet() -> bool:
    """Looking must not create an SQLite file."""
    is_file = connection.vendor == "sqlite"
    return is_file and not Path(str(connection.settings_dict["NAME"])).exists()


def _pending_migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding(
            "database",
            f"{len(missing)} migrations are not applied: the tables are those of another version; "
            "accounts and devices were not judged.",
            "zhihuan manage migrate (zhihuan serve does it when it starts)",
        )


def _synthetic_accounts() -> Iterator[Finding]:
    names = User.objects.filter(synthetic=True, is_active=True).order_by("username")
    if found := list(names.values_list("username", flat=True)):
        yield Finding(
            "accounts",
            f"{len(found)} accounts of the demo can log in with its public password: {_some(found)}.",
            "Disable them (is_active), or serve the demo from a home of its own.",
        )


def _devices_without_password() -> Iterator[Finding]:
    open_to_all = Device.objects.filter(enabled=True, sealed_password="").order_by("mn")
    if found := list(open_to_all.values_list("mn", flat=True)):
        yield Finding(
            "devices",
            f"{len(found)} enabled devices have no password: whoever knows the MN can report in "
            f"their name: {_some(found)}.",
            "Register the password of each device, or disable it.",
        )


def _some(names: list[Any]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
