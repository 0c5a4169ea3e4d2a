"""The page of a case among a million cases on PostgreSQL, or a hundred thousand on SQLite, and the statistics over them.

Seeds penalty cases (``_cases_course``) below the engine, six more through the engine with all their papers (the demo's),
then measures over the network: the page of a case, of one with documents, the list of cases, the figures of a year, one
figure told apart, narrowed to a case type, the list behind it, and the statistics of the procedure; by one reader alone and
by eight at once. And how many queries each asks. ``--figures``: the pages of figures alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from bench._catching_up import catch_up, make_sums
from bench._figure import tell
from bench._load import Ask, look, percentile
from bench._postgres import need_postgres
from bench._serving import PAGE_PROCESSES, STARTED_SECONDS, at_rest, serving
from bench._tables import make_tables

FULL = {"postgresql": 1_000_000, "sqlite": 100_000}
QUICK = 20_000
READERS, PAUSE, CASES = 8, 1.0, 200
CASE_TYPE = "超标排放水污染物"
#: Days since the demo's oldest case was found: it is closed by now.
_AGE = 70
_FIGURES = "/statistics/enforcement/"
_OF_FIGURES = (
    "figures of a year", "figures, one told apart", "figures, one case type", "figures of a month",
    "statistics of cases",
)  # fmt: skip
_TARGETS = {"case": 300.0, "case with papers": 300.0} | dict.fromkeys(_OF_FIGURES, 500.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} cases")
    parser.add_argument("--cases", type=int)
    parser.add_argument("--engine", choices=list(FULL), default="postgresql")
    parser.add_argument("--figures", action="store_true", help="only pages of figures")
    parser.add_argument("--seconds", type=float, help="of each measure (30, quick 8)")
    chosen = parser.parse_args()
    if chosen.engine == "sqlite":
        os.environ.pop("ZHIHUAN_DATABASE_URL", None)
    else:
        need_postgres("bench.case_page")
        os.environ.setdefault(*PAGE_PROCESSES)
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ["ZHIHUAN_HOME"] = home
        os.environ["ZHIHUAN_LOG_LEVEL"] = "warning"
        os.environ.pop("ZHIHUAN_STORE_URL", None)
        count = chosen.cases or (QUICK if chosen.quick else FULL[chosen.engine])
        seconds = chosen.seconds or (8 if chosen.quick else 30)
        _measure(count, seconds, Path(home), of_figures=chosen.figures)


def _measure(count: int, seconds: float, home: Path, *, of_figures: bool) -> None:
    from zhihuan.web.start import set_up

    set_up()
    _seed(count, of_figures=of_figures)
    people = [_reader(number) for number in range(READERS)]
    asks = {cookie: _asks(user, number) for number, (user, cookie) in enumerate(people)}
    if of_figures:
        asks = {
            cookie: [each for each in some if each.name in _OF_FIGURES]
            for cookie, some in asks.items()
        }
    _queries(people[0][1], asks[people[0][1]], count)
    with serving(os.environ, home / "serve.log") as web:
        look(web, asks, seconds=min(seconds, 10), pause=0.3)
        at_rest(min(8.0, 2 * seconds), least=min(STARTED_SECONDS, 3 * seconds))
        alone = dict([next(iter(asks.items()))])
        _told("one reader", look(web, alone, seconds=seconds, pause=0.2), count)
        _told(f"{READERS} readers", look(web, asks, seconds=seconds, pause=PAUSE), count)


def _seed(count: int, *, of_figures: bool) -> None:
    from bench._matters_city import fill
    from zhihuan.indicators.models import CountedAct
    from zhihuan.lines.enforcement.models import PenaltyCase

    make_tables()
    began = time.monotonic()
    fill(count, course="bench._cases_course")
    took = time.monotonic() - began
    note = f"{PenaltyCase.objects.count():,} cases, {CountedAct.objects.count():,} counted acts"
    tell("case page: seeding", took, "s", None, note)
    today = dt.date.today()  # noqa: DTZ011 - a day to count back from
    for firm in _staff(today)[: 1 if of_figures else None]:
        _carry(firm, today)
    for what, seconds, note in [make_sums()] if of_figures else catch_up():
        tell(f"case page: {what}", seconds, "s", None, note)


def _carry(firm: Any, today: dt.date) -> None:
    """A case from its clue to the closed file through the engine, with all its papers, as the demo has it."""
    from zhihuan.lines.enforcement.demo import walk_case
    from zhihuan.lines.enforcement.demo_courses import About

    walk_case(firm, today - dt.timedelta(_AGE), today, "自动监测设备未正常运行案（模拟）", About())
    if not _has_case(firm):
        raise SystemExit("there is nobody to carry a case")


def _has_case(firm: Any) -> bool:
    """Whether a case of this firm was opened through the engine."""
    from zhihuan.bureau.matters.models import Matter

    return Matter.objects.filter(party=firm.pk, procedure="penalty_case").exists()


def _staff(today: dt.date) -> list[Any]:
    """People and factories as the demo has them: somebody for every step."""
    from zhihuan.bureau.people.models import EnforcementCertificate, Organisation, User
    from zhihuan.bureau.places.models import Town
    from zhihuan.bureau.registry.models import Enterprise

    bureau = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")[0]
    town = Town.objects.order_by("code")[0]
    here = Organisation.objects.create(name="模拟分局", kind="branch", parent=bureau)
    here.towns.set([town])
    roles = {"head": "section_head", "leader": "leader", "reviewer": "case_reviewer"}
    people = [(name, role, bureau) for name, role in roles.items()]
    people += [(f"officer-{number}", "field_officer", here) for number in range(2)]
    for name, role, place in people:
        user = User.objects.create(username=name, organisation=place, synthetic=True)
        user.grants.create(role=role, organisation=place)
        if role == "field_officer":
            days = {"issued": today - dt.timedelta(400), "expires": today + dt.timedelta(400)}
            EnforcementCertificate.objects.create(user=user, number=f"44-{name}", **days)
    return [
        Enterprise.objects.create(
            code=f"F{number}",
            name=f"模拟企业{number}",
            kind="enterprise",
            no_code_reason="模拟",
            town=town,
            synthetic=True,
        )
        for number in range(6)
    ]


def _reader(number: int) -> tuple[Any, str]:
    """Leaders and heads of the bureau, heads and officers of branches, of the largest town to the smallest."""
    from django.conf import settings
    from django.db.models import Count
    from django.test import Client

    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.places.models import Town

    bureau = Organisation.objects.get(name="市生态环境局", kind="bureau")
    role = ("leader", "section_head", "section_head", "field_officer")[number % 4]
    place = bureau
    if number % 4 > 1:
        towns = Town.objects.annotate(n=Count("matters")).order_by("-n", "pk")
        place = Organisation.objects.create(name=f"分局{number}", kind="branch", parent=bureau)
        place.towns.set([towns[number]])
    user = User.objects.create(username=f"bench-reader-{number}", organisation=place)
    RoleGrant.objects.create(user=user, role=role, organisation=place)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return user, f"{settings.SESSION_COOKIE_NAME}={session}"


def _asks(user: Any, number: int) -> list[Ask]:
    """Cases of theirs at random, old and new, and what is looked at beside them; mostly cases."""
    from zhihuan.bureau.matters.reach import seen_by

    chance, rows = Random(number), seen_by(user).filter(procedure="penalty_case")
    mine = list(rows.order_by("-pk").values_list("pk", flat=True)[:100_000])
    chosen = chance.sample(mine, min(CASES, len(mine)))
    year = dt.date.today().year  # noqa: DTZ011 - of the figures
    found = [Ask("case", f"/matters/{pk}/") for pk in chosen]
    whole = rows.filter(documents__isnull=False).values_list("pk", flat=True).distinct()
    found += [Ask("case with papers", f"/matters/{pk}/") for pk in whole] * 8
    rest = (
        Ask("list of cases", "/matters/penalty_case/"),
        Ask("figures of a year", f"{_FIGURES}?period={year}"),
        Ask("figures, one told apart", f"{_FIGURES}?period={year}&figure=penalty_amount"),
        Ask("figures, one case type", f"{_FIGURES}?period={year}&figure=penalty_amount&case_type={quote(CASE_TYPE)}"),
        Ask("figures of a month", f"{_FIGURES}?period={year}-03"),
        Ask("statistics of cases", f"/matters/penalty_case/statistics/?year={year}"),
        Ask("acts of a figure", f"{_FIGURES}acts/?figure=penalty_amount&day_from={year}-01-01&day_to={year}-12-31"),
    )  # fmt: skip
    return [*found, *(each for each in rest for _again in range(CASES // 8))]


def _queries(cookie: str, asks: Sequence[Ask], count: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies.load(cookie)
    browser.get("/matters/")  # what a process reads once for all pages
    for ask in {each.name: each for each in asks}.values():
        with CaptureQueriesContext(connection) as asked:
            response = browser.get(ask.address)
        if response.status_code != 200:
            raise SystemExit(f"{response.status_code} {ask.address}")
        tell(f"case page: queries, {ask.name}", len(asked), "queries", None, f"{count:,} cases")
        slowest = max(asked.captured_queries, key=lambda each: float(each["time"]))
        print(f"{ask.name}: slowest {slowest['time']} s: {slowest['sql'][:2000]}", file=sys.stderr)


def _told(who: str, answers: Sequence[Any], count: int) -> None:
    for name in dict.fromkeys(each.name for each in answers):
        took = [each.took for each in answers if each.name == name]
        note = f"{len(took)} pages, median {percentile(took, 0.5):.0f} ms; {count:,} cases"
        tell(
            f"case page: {name} p95, {who}", percentile(took, 0.95), "ms", _TARGETS.get(name), note
        )


if __name__ == "__main__":
    main()
