"""The audit trail at size on PostgreSQL: sealed once, verified by two processes.

Entries are made in the database as the platform writes them (an actor, an act, a subject, a few
fields). Beside it the same check a row at a time through model objects, as a plain hash chain in
Django would have it, on a part of them; the ratio compares entries a second in one process.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable

from bench._postgres import need_postgres
from bench._tables import make_tables

FULL, QUICK, NAIVE = 10_000_000, 200_000, 100_000
_INSERT = """
    INSERT INTO audit_auditentry (at, actor_id, actor_name, action, subject, address, detail)
    SELECT now() - interval '1 second' + n * interval '1 microsecond' / 20, %s, '李四', 'registry.change',
           'outlet:' || n %% 90000, '10.0.0.' || n %% 200,
           '{"field":"name","new":"排口' || n || '","old":"排口","why":"核对"}'
    FROM generate_series(1, %s) AS n
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} entries")
    parser.add_argument("--entries", type=int)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    need_postgres("bench.audit_trail")
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ["ZHIHUAN_HOME"] = home
        _run(options.entries or (QUICK if options.quick else FULL), options.processes)


def _run(entries: int, processes: int) -> None:
    from zhihuan.web.start import set_up

    set_up()
    from django.contrib.auth import get_user_model
    from django.db import connection

    from zhihuan.bureau.audit.sealing import seal_missed

    make_tables()
    user = get_user_model().objects.create(username="bench")
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [user.pk, entries])
        cursor.execute("ANALYZE")
    note = f"{entries:,} entries, PostgreSQL"
    sealing = _timed(seal_missed)
    _figure("sealing", entries / sealing, "entries/s", None, note)
    verifying = _timed(lambda: _verified(processes))
    target = 60 if entries == FULL else None
    _figure("verify", verifying, "s", target, f"{note}, {processes} processes", at_most=True)
    alone = _timed(lambda: _verified(1)) if processes > 1 else verifying
    _figure("verify, one process", entries / alone, "entries/s", None, note)
    some = min(NAIVE, entries)
    naive = some / _timed(lambda: _naive(some))
    _figure(
        "naive: a chain over model objects, one process",
        naive,
        "entries/s",
        None,
        f"{some:,} entries",
    )
    _figure("ratio to the naive check", entries / alone / naive, "times", None, "one process each")


def _verified(processes: int) -> None:
    from click.testing import CliRunner

    from zhihuan.cli.audit import command

    done = CliRunner().invoke(command, ["verify", "--processes", str(processes)])
    if done.exit_code:
        raise SystemExit(done.output)


def _naive(count: int) -> None:
    import hashlib

    from zhihuan.bureau.audit.models import AuditEntry

    link = ""
    for entry in AuditEntry.objects.select_related("actor").order_by("id")[:count].iterator():
        content = {
            "at": entry.at.isoformat(),
            "actor": entry.actor_id,
            "name": entry.actor_name,
            "action": entry.action,
            "subject": entry.subject,
            "address": entry.address,
            "detail": entry.detail,
            "previous": link,
        }
        link = hashlib.new("sm3", json.dumps(content, sort_keys=True).encode()).hexdigest()


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _figure(
    what: str, figure: float, unit: str, target: float | None, note: str, **more: bool
) -> None:
    line = {"bench": f"audit trail: {what}", "figure": round(figure, 1), "unit": unit}
    print(
        json.dumps(line | {"target": target, "note": note} | more, ensure_ascii=False), flush=True
    )


if __name__ == "__main__":
    main()
