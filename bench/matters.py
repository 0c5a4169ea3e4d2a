"""A million matters with ten million events on PostgreSQL, or a hundred thousand on SQLite: how fast they are made,
listed, found, proved.

Seeds a city (``_matters_city``), then measures: matters opened and steps taken through the engine, by one
process and by two; the lists of sixteen restricted readers at once, over the network, with the queries
each page asks; the search box; ``zhihuan audit verify``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench._catching_up import catch_up
from bench._load import Ask, look, percentile
from bench._postgres import need_postgres
from bench._serving import PAGE_PROCESSES, STARTED_SECONDS, at_rest, serving
from bench._tables import make_tables

FULL = {"postgresql": 1_000_000, "sqlite": 100_000}
QUICK = 20_000
READERS, PAUSE = 16, 1.0
TYPED = (
    "印染", "超标", "中山", "永盛五金", "zs", "hd", "五金超标", "扬尘污染", "yanchen", "不存在的单位",
    "未批先建", "wpxj", "中山市 油烟",
)  # fmt: skip
_SETTINGS = "bench._matters_settings"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} matters")
    parser.add_argument("--matters", type=int)
    parser.add_argument("--engine", choices=list(FULL), default="postgresql")
    parser.add_argument("--seconds", type=float, help="of each measure (30, quick 5)")
    parser.add_argument(
        "--explain", action="store_true", help="print the plans of the lists and no more"
    )
    chosen = parser.parse_args()
    if chosen.engine == "sqlite":
        os.environ.pop("ZHIHUAN_DATABASE_URL", None)
    else:
        need_postgres("bench.matters")
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ["ZHIHUAN_HOME"] = home
        os.environ["ZHIHUAN_LOG_LEVEL"] = "warning"
        os.environ.pop("ZHIHUAN_STORE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
        os.environ.setdefault(*PAGE_PROCESSES)
        full = FULL[chosen.engine]
        count = chosen.matters or (QUICK if chosen.quick else full)
        seconds = chosen.seconds or (5 if chosen.quick else 30)
        _Run(count, seconds, Path(home), explains=chosen.explain).measure()


class _Run:
    def __init__(self, count: int, seconds: float, home: Path, *, explains: bool) -> None:
        self.count, self.seconds, self.home, self.explains = count, seconds, home, explains

    def measure(self) -> None:
        from zhihuan.web.start import set_up

        set_up()
        self._seed()
        people = [_reader(number) for number in range(READERS)]
        if self.explains:
            for user, _cookie in people[:4]:
                _explain(user)
            return
        self._verify()
        self._create(1)
        self._create(2)
        self._queries(people)
        self._search(people)
        self._read(people)

    def _seed(self) -> None:
        from bench._matters_city import fill
        from zhihuan.bureau.matters.models import MatterEvent

        make_tables()
        began = time.monotonic()
        fill(self.count)
        took = time.monotonic() - began
        self._tell("seeding", took, "s", None, f"{MatterEvent.objects.count():,} events")
        self._catch_up()

    def _catch_up(self) -> None:
        for what, took, note in catch_up():
            self._tell(what, took, "s", None, note)

    def _verify(self) -> None:
        from django.db import connection

        from zhihuan.bureau.matters.engine.verifying import newest_matter, verify_matters
        from zhihuan.bureau.matters.models import MatterEvent

        events = MatterEvent.objects.count()
        last = newest_matter()
        half = last // 2
        began = time.monotonic()
        connection.close()  # a fork must not share it
        with ProcessPoolExecutor(2, initializer=_start) as pool:
            found = sum(pool.map(_findings, [(1, half), (half + 1, last)]))
        took = time.monotonic() - began
        if found:
            raise SystemExit(
                f"{found} findings in what the bench wrote: {list(verify_matters(1, 50))}"
            )
        target = 60 if self.count == FULL["postgresql"] else None
        self._tell("verify", took, "s", target, f"{events:,} events, 2 processes")
        self._tell("verify, rate", events / took, "events/s", None, "2 processes")
        self._verify_clocks()

    def _verify_clocks(self) -> None:
        from zhihuan.bureau.matters.engine.following import follow_all
        from zhihuan.bureau.matters.engine.verifying_clocks import newest_clock, verify_clocks
        from zhihuan.bureau.matters.models import RunningClock

        running = RunningClock.objects.filter(outcome=RunningClock.Outcome.RUNNING).count()
        note = f"{running:,} running clocks, one process"
        began = time.monotonic()
        moved = follow_all()
        self._tell("clocks follow a version", time.monotonic() - began, "s", None, note)
        began = time.monotonic()
        found = list(verify_clocks(1, newest_clock()))
        self._tell("clocks compared", time.monotonic() - began, "s", None, note)
        if moved or found:
            raise SystemExit(f"{moved} clocks moved that the bench wrote: {found[:3]}")

    def _create(self, processes: int) -> None:
        """Opened through the engine, and each filed, by so many processes for the time given."""
        from django.db import connection

        connection.close()
        with ProcessPoolExecutor(processes, initializer=_start) as pool:
            done = list(pool.map(_created_within, [self.seconds] * processes))
        opened = sum(count for count, _ in done) / self.seconds
        steps = sum(count for _, count in done) / self.seconds
        by, note = ("", "one process", "two processes")[processes], "with search and audit entries"
        self._tell(f"opened, {by}", opened, "matters/s", 100, note)
        self._tell(f"steps that start a clock, {by}", steps, "steps/s", None, note)

    def _queries(self, people: Sequence[Any]) -> None:
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        most: dict[str, int] = {}
        for user, cookie in people[:2]:
            browser = Client(SERVER_NAME="127.0.0.1")
            browser.cookies.load(cookie)
            browser.get("/matters/")  # what a process reads once for all pages
            for ask in dict.fromkeys(_asks(user)):
                with CaptureQueriesContext(connection) as asked:
                    response = browser.get(ask.address)
                if response.status_code != 200:
                    raise SystemExit(f"{response.status_code} {ask.address}")
                most[ask.name] = max(most.get(ask.name, 0), len(asked))
        worst = max(most, key=lambda name: most[name])
        self._tell("queries of a list, the most", most[worst], "queries", 12, worst)

    def _search(self, people: Sequence[Any]) -> None:
        from zhihuan.bureau.search.finding import search

        took: dict[str, float] = {}
        for user, _cookie in people[:4]:
            for typed in TYPED:
                began = time.perf_counter()
                search(user, typed, most=200, labels=["matters.matter"])
                spent = (time.perf_counter() - began) * 1000
                took[typed] = max(took.get(typed, 0), spent)
        worst = max(took, key=lambda typed: took[typed])
        note = f"median {statistics.median(took.values()):.0f} ms; the slowest: {worst}"
        self._tell("search, the most", took[worst], "ms", 300, note)

    def _read(self, people: Sequence[Any]) -> None:
        """Over the network, every list as a click a second each."""
        pages = {cookie: list(_asks(user)) for user, cookie in people}
        with serving(os.environ, self.home / "serve.log") as web:
            at_rest(min(8.0, 2 * self.seconds), least=min(STARTED_SECONDS, 3 * self.seconds))
            look(web, pages, seconds=min(self.seconds, 10), pause=0.3)
            answers = look(web, pages, seconds=self.seconds, pause=PAUSE)
        groups: dict[str, list[float]] = {}
        for each in answers:
            groups.setdefault(each.name, []).append(each.took)
        every = [each.took for each in answers]
        note = f"{READERS} at once, {len(every)} pages, median {statistics.median(every):.0f} ms"
        self._tell("lists p95", percentile(every, 0.95), "ms", 150, note)
        for name, took in sorted(groups.items()):
            self._tell(f"  {name} p95", percentile(took, 0.95), "ms", None, f"{len(took)} pages")

    def _tell(
        self,
        name: str,
        figure: float,
        unit: str,
        target: float | None,
        note: str,
    ) -> None:
        line = {
            "bench": f"matters: {name}", "figure": round(figure, 1), "unit": unit, "target": target,
            "at_most": not unit.endswith("/s"), "note": f"{note}; {self.count:,} matters",
        }  # fmt: skip
        print(json.dumps(line, ensure_ascii=False), flush=True)


def _start() -> None:
    from zhihuan.web.start import set_up

    set_up()


def _findings(span: tuple[int, int]) -> int:
    from zhihuan.bureau.matters.engine.verifying import verify_matters

    return sum(1 for _ in verify_matters(*span))


def _created_within(seconds: float) -> tuple[int, int]:
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
    from zhihuan.bureau.people.models import Organisation, User

    user = User.objects.get(username="bench-reader-0")
    town = user.organisation.towns.get()
    parties = list(Organisation.objects.filter(kind="enterprise")[:500])
    acting, opened = Acting(user, "10.0.0.8"), []
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        party = parties[len(opened) % len(parties)]
        title = f"{party.name}超标排放案"
        opened.append(open_matter("bench_case", acting, title=title, party=party, town=town))
    steps, began = 0, time.monotonic()
    for matter in opened:
        if time.monotonic() - began > seconds:
            break
        take(matter, "file", acting, version=matter.version)
        steps += 1
    return len(opened), round(steps * seconds / (time.monotonic() - began))


def _reader(number: int) -> tuple[Any, str]:
    """Officers of town branches, of the largest town to the smallest; each fourth a party's user."""
    from django.conf import settings
    from django.db.models import Count
    from django.test import Client

    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.places.models import Town

    outside = number % 4 == 3
    if outside:
        found = Organisation.objects.filter(kind="enterprise").order_by("pk")
        place, role = found[number], "enterprise_user"
    else:
        towns = Town.objects.annotate(n=Count("matters")).order_by("-n", "pk")
        town = towns[number % len(towns)]
        bureau = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")[0]
        place = Organisation.objects.get_or_create(
            name=f"{town.name}分局", kind="branch", parent=bureau
        )[0]
        place.towns.set([town])
        role = "field_officer"
    user = User.objects.create(username=f"bench-reader-{number}", organisation=place)
    RoleGrant.objects.create(user=user, role=role, organisation=place)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return user, f"{settings.SESSION_COOKIE_NAME}={session}"


def _asks(_user: Any) -> Iterable[Ask]:
    """What officers look at: everything, one procedure, a state, what is open or overdue, a word."""
    one = "/matters/bench_case/"
    yield Ask("all", "/matters/")
    yield Ask("procedure", one)
    for state in ("investigating", "decided", "answered"):
        yield Ask("state", f"{one}?state={state}")
    yield Ask("open", f"{one}?open=1")
    yield Ask("overdue", f"{one}?due=overdue")
    yield Ask("sorted", f"{one}?sort=opened")
    yield Ask("by due date", f"{one}?sort=due")
    yield Ask("by due date", "/matters/?sort=-due")
    yield Ask("word", f"{one}?q=扬尘")


def _explain(user: Any) -> None:
    """The plans of the list queries of one reader, on the error stream."""
    from zhihuan.bureau.matters.reach import seen_by

    rows = seen_by(user).order_by("-opened_at", "-pk")
    case = rows.filter(procedure="bench_case")
    asked = {
        "all": rows,
        "state": case.filter(state="decided"),
        "open": case.filter(ended_at__isnull=True),
        "oldest": case.order_by("opened_at", "pk"),
        "due first": case.filter(next_due_at__isnull=False).order_by("next_due_at", "pk"),
        "nothing": case.filter(state="draft"),
    }
    for name, found in asked.items():
        plan = found[:51].explain(analyze=True, buffers=True)
        print(f"== {user.organisation}: {name}\n{plan}", file=sys.stderr)


if __name__ == "__main__":
    main()
