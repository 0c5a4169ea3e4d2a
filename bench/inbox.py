"""The inbox over a city's matters: how long a page of to-dos and the header's figure take.

By itself it makes a temporary home with a million matters, one in five of them running; ``--quick``: a
fiftieth. ``ZHIHUAN_DATABASE_URL`` names PostgreSQL instead of SQLite. ``--explain`` prints the plan of the
query behind a page for each reader.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench._tables import make_tables

TARGET_MS = 200
RUNNING = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20 000 matters")
    parser.add_argument("--matters", type=int, help="another number of matters")
    parser.add_argument("--running", type=float, default=RUNNING, help="share of them that runs")
    parser.add_argument("--explain", action="store_true", help="print the plans")
    given = parser.parse_args()
    matters = given.matters or (20_000 if given.quick else 1_000_000)
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ.setdefault("ZHIHUAN_DATABASE_URL", "")
        os.environ["ZHIHUAN_HOME"] = home
        from zhihuan.web.start import set_up

        set_up()
        readers = _filled(matters, given.running)
        for name, user in readers.items():
            if given.explain:
                _explain(name, user)
            _measure(name, user, matters)


def _filled(matters: int, running: float) -> dict[str, Any]:
    from django.db import connection

    from bench._inbox_matters import declare, fill, people
    from zhihuan.bureau.inbox.models import ToDo
    from zhihuan.bureau.places.models import Town

    make_tables()
    declare()
    began = time.perf_counter()
    fill(matters, running)
    took = time.perf_counter() - began
    _say(f"{matters} matters, {ToDo.objects.count()} to-dos in {took:.0f} s ({connection.vendor})")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    busiest = Town.objects.order_by("code").first()
    return people(busiest)


def _measure(name: str, user: Any, matters: int) -> None:
    from django.test import Client

    from zhihuan.bureau.inbox.asking import Asked, Whose, forget_waiting, page_for, waiting_for
    from zhihuan.bureau.people.scope import forget_grants

    browser = Client()
    browser.force_login(user)

    def anew(ask: Callable[[], Any]) -> Callable[[], Any]:
        def asked() -> Any:
            forget_grants(user)
            forget_waiting(user)
            return ask()

        return asked

    asked = {
        "figure in the header": anew(lambda: waiting_for(user)),
        "first page, query": anew(lambda: page_for(user, Asked(), 50)),
        "of one procedure, query": anew(lambda: page_for(user, Asked(procedure="bench_3"), 50)),
        "colleagues', query": anew(lambda: page_for(user, Asked(Whose.OTHERS), 50)),
        "the page": lambda: browser.get("/inbox/", headers={"Host": "127.0.0.1"}),
    }
    for what, ask in asked.items():
        _tell(f"{name}: {what}, p95", _p95_ms(ask), f"{matters} matters")


def _p95_ms(ask: Callable[[], Any], rounds: int = 40) -> float:
    ask()
    taken = []
    for _round in range(rounds):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[int(rounds * 0.95)] * 1000


def _explain(name: str, user: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zhihuan.bureau.inbox.asking import Asked, page_for

    with CaptureQueriesContext(connection) as asked:
        page_for(user, Asked(), 50)
    longest = next(
        each["sql"] for each in asked.captured_queries if '"inbox_barred"' in each["sql"]
    )
    words = (
        "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{words} {longest}")
        for row in cursor.fetchall():
            _say(f"{name}: {row[-1]}")


def _tell(figure: str, value: float, note: str) -> None:
    told = {
        "bench": f"inbox: {figure}",
        "figure": round(value, 1),
        "unit": "ms",
        "target": TARGET_MS,
        "at_most": True,
        "note": note,
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
