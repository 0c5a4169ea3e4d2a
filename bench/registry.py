"""The registry's pages in a city of 60,000 enterprises and 100,000 points, sixteen people at once.

Runs on SQLite and on PostgreSQL (started for it); ``--engine`` chooses one. ``zhihuan serve`` answers
from a process of its own; the readers (``_registry_people``) are threads of this one, on the same cores.
Two measures, both told: with pauses, as people read (a click every second each), and without any, which
is how many pages a second the server gives. The naive lists (``_registry_naive_pages``) are asked alike.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench._dose import add_doses, dose_of
from bench._figure import tell
from bench._load import Answer, Ask, look, percentile
from bench._registry_city import FEW, FULL, QUICK, Dose, analyse, fill
from bench._registry_people import ENTERPRISE, OFFICER, Reader, readers
from bench._serving import PAGE_PROCESSES, STARTED_SECONDS, at_rest, serving
from bench._tables import make_tables

READERS, PAUSE = 16, 1.0
_FILE = "enterprise page"
_NAIVE = ("-m", "bench._registry_naive")


def main() -> int:
    chosen = _arguments()
    if chosen.engine is None:
        return _both()
    with _home(chosen.home) as home:
        os.environ["ZHIHUAN_HOME"] = home
        os.environ["ZHIHUAN_LOG_LEVEL"] = "warning"
        os.environ.pop("ZHIHUAN_STORE_URL", None)
        if chosen.engine == "sqlite":
            os.environ["ZHIHUAN_DATABASE_URL"] = ""
        else:
            os.environ.setdefault(*PAGE_PROCESSES)
        dose = dose_of(chosen, FULL, QUICK, FEW)
        _Run(chosen.engine, dose, chosen.seconds, Path(home)).measure()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "3,000 enterprises, 5,000 points")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--home", help="keep the city here, to measure it again")
    parser.add_argument(
        "--seconds", type=float, help="of each (40, quick 5, few 0.3); 0: no server"
    )
    given = parser.parse_args()
    if given.seconds is None:
        given.seconds = dose_of(given, 40, 5, 0.3)
    return given


def _both() -> int:
    """Each engine in a process of its own, with the options that this one has: Django knows one database."""
    own = [sys.executable, "-m", "bench.registry", *sys.argv[1:]]
    postgres = [sys.executable, "scripts/with_postgres.py"]
    codes = [
        subprocess.run([*own, "--engine", "sqlite"], check=False).returncode,
        subprocess.run([*postgres, *own, "--engine", "postgresql"], check=False).returncode,
    ]
    return max(codes)


@contextmanager
def _home(kept: str | None) -> Iterable[str]:
    if kept:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="zhihuan-registry-") as folder:
        yield folder


class _Run:
    def __init__(self, engine: str, dose: Dose, seconds: float, home: Path) -> None:
        self.engine, self.dose, self.seconds, self.home = engine, dose, seconds, home

    def measure(self) -> None:
        from zhihuan.web.start import set_up

        set_up()
        from zhihuan.bureau.acquisition.store import close_store

        self._prepare()
        people = readers(READERS if self.seconds else 4)
        self._queries(people)
        if not self.seconds:
            return
        close_store()  # the server opens it
        pages = {each.cookie: list(_asks(each)) for each in people}
        files = {each.cookie: [_file_of(each)] for each in people[:2]}
        with serving(os.environ, self.home / "serve.log") as web:
            at_rest(self._quiet, least=min(STARTED_SECONDS, 3 * self.seconds))
            look(web, pages, seconds=min(self.seconds, 10), pause=0.3)  # everything is warm
            self._read_by_people(web, pages)
            self._flood(web, pages)
            self._open_files(web, {**pages, **files})
            self._export(web, people)
        self._naive({each.cookie: list(_naive_asks()) for each in people})

    @property
    def _quiet(self) -> float:
        return min(8.0, 2 * self.seconds)

    def _prepare(self) -> None:
        from zhihuan.bureau.registry.models import Enterprise
        from zhihuan.web.platform.preparation import fill_search_index

        make_tables()
        if Enterprise.objects.exists():
            return
        began = time.monotonic()
        fill(self.dose)
        # else the server does it when it starts, for minutes
        fill_search_index(lambda words: print(words, file=sys.stderr))
        analyse()
        print(f"{self.engine}: filled in {time.monotonic() - began:.0f} s", file=sys.stderr)

    def _queries(self, people: Sequence[Reader]) -> None:
        """The most queries that any page asks, of any reader; a list with every filter and order."""
        asks = [(each, ask) for each in people[1:4] for ask in dict.fromkeys(_asks(each))]
        lists = {(each.kind, ask.name): _cost(each, ask) for each, ask in asks}
        files = [_cost(each, _file_of(each)) for each in people[1:4]]
        most = max(lists, key=lambda key: lists[key][0])
        self._tell("queries of a list, the most", lists[most][0], "queries", 12, " ".join(most))
        self._tell("queries of the enterprise page", max(files)[0], "queries", None, "the most")
        self._tell_processor("list", list(lists.values()))
        self._tell_processor("enterprise page", files)

    def _tell_processor(self, name: str, costs: Sequence[tuple[int, float]]) -> None:
        """Processor time of this process: with SQLite all of it, with PostgreSQL all but the server's."""
        took = [spent for _queries, spent in costs]
        note = f"{len(took)} pages, each at its second look; the most {max(took):.0f} ms"
        self._tell(f"{name}, processor time, median", statistics.median(took), "ms", None, note)
        self._tell(f"{name}, processor time, p95", percentile(took, 0.95), "ms", None, note)

    def _read_by_people(self, web: str, pages: Mapping[str, Sequence[Ask]]) -> None:
        answers = look(web, pages, seconds=self.seconds, pause=PAUSE)
        self._tell_p95("lists p95", answers, 150, f"{READERS} people, a click a second each")
        groups: dict[str, list[Answer]] = {}
        for each in answers:
            groups.setdefault(each.name.partition(" ")[0], []).append(each)
        for name, found in sorted(groups.items()):
            self._tell_p95(f"  {name} p95", found, 150, f"{len(found)} pages")

    def _flood(self, web: str, pages: Mapping[str, Sequence[Ask]]) -> None:
        answers = look(web, pages, seconds=self.seconds / 2, pause=0)
        note = f"{READERS} at once without a pause"
        self._tell("lists, rate", len(answers) / (self.seconds / 2), "pages/s", None, note)
        self._tell_p95("lists p95, no pause", answers, None, note)
        size = statistics.median(each.size for each in answers) / 1024
        self._tell("lists, bytes on the wire", size, "KiB", 150, "median, compressed where offered")

    def _open_files(self, web: str, pages: Mapping[str, Sequence[Ask]]) -> None:
        """Enterprises opened by two people with nobody else there, and beside the lists of the others."""
        alone = {cookie: asks for cookie, asks in pages.items() if asks[0].name == _FILE}
        answers = look(web, alone, seconds=self.seconds / 2, pause=PAUSE)
        self._tell_p95("enterprise page p95", answers, 300, f"two people, {len(answers)} pages")
        answers = look(web, pages, seconds=self.seconds, pause=PAUSE)
        files = [each for each in answers if each.name == _FILE]
        note = f"the same beside {len(pages) - 2} people on lists, {len(files)} pages"
        self._tell_p95("enterprise page p95, beside lists", files, None, note)

    def _export(self, web: str, people: Sequence[Reader]) -> None:
        """One Excel file of ten thousand rows, by itself: points of the largest towns."""
        officer = next(each for each in people if each.kind == OFFICER)
        town = officer.user.organisation.towns.get()
        ask = Ask("export", f"/registry/points/?town={town.pk}&format=xlsx")
        answers = look(web, {officer.cookie: [ask]}, seconds=1, pause=0)
        rows = _rows_of_town(town)
        per_ten = statistics.median(each.took for each in answers) / rows * 10_000 / 1000
        self._tell("Excel, 10,000 rows", per_ten, "s", None, f"reckoned from a file of {rows}")

    def _naive(self, pages: Mapping[str, Sequence[Ask]]) -> None:
        with serving(os.environ, self.home / "naive.log", _NAIVE) as web:
            at_rest(self._quiet)
            look(web, pages, seconds=min(self.seconds, 5), pause=0.3)
            answers = look(web, pages, seconds=self.seconds / 2, pause=0)
        rate = len(answers) / (self.seconds / 2)
        self._tell("naive lists, rate", rate, "pages/s", None, "first, deep and sorted pages alike")
        self._tell_p95("naive lists p95, no pause", answers, None, "offset pages, exact counts")

    def _tell_p95(
        self, name: str, answers: Sequence[Answer], target: float | None, note: str
    ) -> None:
        took = [each.took for each in answers]
        slow = [each.name for each in answers if each.took >= percentile(took, 0.97)]
        worst = statistics.mode(slow) if slow else ""
        note = f"{note}; median {statistics.median(took):.0f} ms; slowest mostly {worst}"
        self._tell(name, percentile(took, 0.95), "ms", target, note)

    def _tell(self, name: str, figure: float, unit: str, target: float | None, note: str) -> None:
        tell(f"registry {self.engine}: {name}", figure, unit, target, note)


def _asks(reader: Reader) -> Iterable[Ask]:
    """Every list the reader may see: as it stands, in every order, with every filter, deep inside."""
    from zhihuan.bureau.people.scope import may
    from zhihuan.web.registry.nouns import nouns

    for noun in nouns().values():
        if noun.listing is None or not may(reader.user, noun.view):
            continue
        address = f"/registry/{noun.code}/"
        for _often in range(4):  # what is looked at most
            yield Ask(f"list: {noun.code}", address)
        yield from _sorted(noun, address)
        yield from _filtered(noun, address, reader)
        yield from _deep(noun, address, reader)


def _sorted(noun: Any, address: str) -> Iterable[Ask]:
    for column in noun.listing.columns:
        if column.sort:
            for way in ("", "-"):
                told = f"sorted: {noun.code} {way}{column.name}"
                yield Ask(told, f"{address}?sort={way}{column.name}")


def _filtered(noun: Any, address: str, reader: Reader) -> Iterable[Ask]:
    from zhihuan.web.listing import ChoiceFilter, FlagFilter, TextFilter

    towns = list(reader.user.organisation.towns.all())
    for each in noun.listing.filters:
        if isinstance(each, TextFilter):
            yield Ask(f"searched: {noun.code}", f"{address}?{each.name}=宏达")
        elif isinstance(each, FlagFilter):
            yield Ask(f"filtered: {noun.code} {each.name}", f"{address}?{each.name}=1")
        elif isinstance(each, ChoiceFilter):
            for value in _values(each, reader, towns):
                told = f"filtered: {noun.code} {each.name}={value}"
                yield Ask(told, f"{address}?{each.name}={value}")


def _values(choice: Any, reader: Reader, towns: Sequence[Any]) -> list[str]:
    """The first and last option; of towns one's own; of to-dos every one."""
    if choice.name == "town" and towns:
        return [each.pk for each in towns]
    options = choice.options(reader.user) if callable(choice.options) else choice.options
    values = [str(option[0]) for option in options]
    return values if choice.name == "todo" else list(dict.fromkeys(values[:1] + values[-1:]))


def _deep(noun: Any, address: str, reader: Reader) -> Iterable[Ask]:
    """The page behind nine tenths of the rows, in the list's own order."""
    from zhihuan.web.listing.keyset import Order, page_of

    rows = noun.rows(reader.user).select_related(None)
    order = noun.listing.order
    depth = int(rows.count() * 0.9)
    if depth < 100:
        return
    field = noun.listing.column(order.removeprefix("-")).sort
    # the page of one row out of two that lie there has the cursor that is wanted
    two = [row.pk for row in rows.order_by(field, "pk")[depth : depth + 2]]
    after = page_of(rows.filter(pk__in=two), Order(field, order.startswith("-")), 1).after
    yield Ask(f"deep: {noun.code}", f"{address}?after={after}")


def _naive_asks() -> Iterable[Ask]:
    for code in ("enterprises", "points"):
        yield Ask(f"naive: {code}", f"/registry/{code}/")
        yield Ask(f"naive: {code} by town", f"/registry/{code}/?ordering=town_id")
        yield Ask(f"naive: {code} last page", f"/registry/{code}/?page=last")


def _file_of(reader: Reader) -> Ask:
    """The file of one's own enterprise; officers open those with the most points."""
    from django.db.models import Count

    rows = _within(reader).annotate(n=Count("sites__points")).order_by("-n", "pk")
    return Ask(_FILE, f"/registry/enterprises/{rows.first().code}/")


def _within(reader: Reader) -> Any:
    from zhihuan.web.registry.nouns import noun_of

    rows = noun_of("enterprises").rows(reader.user)
    if reader.kind == OFFICER:
        rows = rows.filter(town__in=reader.user.organisation.towns.all())
    return rows.select_related(None) if reader.kind != ENTERPRISE else rows


def _cost(reader: Reader, ask: Ask) -> tuple[int, float]:
    """Queries of the page, and processor time [ms], at a second look and without the network.

    A first look fills what a process keeps for good (the version of the registry, reference tables).
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies.load(reader.cookie)
    response = browser.get(ask.address)
    if response.status_code != 200:
        raise SystemExit(f"{response.status_code} {ask.address}")
    with CaptureQueriesContext(connection) as asked:
        browser.get(ask.address)
    queries = len(asked)  # now: the next request clears the log
    began = time.process_time()
    browser.get(ask.address)
    return queries, (time.process_time() - began) * 1000


def _rows_of_town(town: Any) -> int:
    from zhihuan.bureau.registry.models import MonitoringPoint

    return MonitoringPoint.objects.filter(town=town).count()


if __name__ == "__main__":
    sys.exit(main())
