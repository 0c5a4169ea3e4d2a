"""Periodic work of the vault: what nothing rests on goes away, and what was refused long ago."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.field_records.portions import sweep_arriving
from zhihuan.bureau.vault.bundling.running import expire
from zhihuan.bureau.vault.refusing import delete_expired
from zhihuan.bureau.vault.sweeping import sweep
from zhihuan.bureau.vault.vaults import the_vault
from zhihuan.telemetry.scheduler import PeriodicJob

#: A file without a row is of an upload that was broken off, once it is so old.
GRACE = dt.timedelta(hours=24)


def vault_jobs(settings: Any) -> list[PeriodicJob]:
    """The jobs of the vault."""

    @fresh_connection
    def tidy() -> dict[str, object]:
        unclaimed = dt.timedelta(days=settings.ZHIHUAN_VAULT_UNCLAIMED_DAYS)
        swept = sweep(the_vault(), grace=GRACE, unclaimed=unclaimed)
        refused = delete_expired(settings.ZHIHUAN_VAULT_REFUSED_DAYS)
        bundles = expire(timezone.now())
        arriving = sweep_arriving(the_vault().folder, unclaimed.total_seconds())
        done = {
            "uploads": swept.uploads, "files": swept.files, "refused": refused, "bundles": bundles,
            "arriving": arriving,
        }  # fmt: skip
        return {name: count for name, count in done.items() if count}

    return [
        PeriodicJob("vault", 3600, tidy, title="清理无人认领的上传文件、到期的拒收文件和证据包")
    ]
