"""The search box over a registered city: how long what people type takes, for each kind of reader.

``measure`` asks whatever database Django is set up with; by itself this makes an installation with
60 000 enterprises (a site, a permit and a contact each), 100 000 points and their devices, in a
temporary home, and asks that. ``--quick``: a twentieth of it.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import Any

from bench._dose import add_doses, dose_of
from bench._figure import tell
from bench._tables import make_tables

#: What people type: two characters, words, initials, pinyin, codes, addresses, what is nowhere.
TYPED = (
    "中山", "中", "宏达", "三角镇 印染", "宏达印染厂", "zs", "hd", "hdyrc", "yrc", "hongda",
    "91442000MA0001234X", "91442000MA00", "9144", "44200012340012", "山中", "路123号", "长江路",
    "a", "不存在的单位", "WS-000123", "00123", "13800012345",
)  # fmt: skip
MOST = 200
_FIRST = "宏达 鑫源 长江 华美 永兴 恒泰 金利 顺发 万通 东升 国盛 立信 明辉 新亚 天成 港华 乐行 重升 富源 佳和"
_LINES = "五金 印染 家具 电镀 灯饰 塑料 化工 食品 纸业 服装 涂料 机械 电子 玻璃 建材 冷链 包装 线路板 皮革"
_FORMS = "制品有限公司 有限公司 厂 实业有限公司 科技有限公司 加工厂"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "3 000 enterprises, 5 000 points")
    enterprises = dose_of(parser.parse_args(), 60_000, 3_000, 120)
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ.setdefault("ZHIHUAN_DATABASE_URL", "")
        os.environ["ZHIHUAN_HOME"] = home
        from zhihuan.web.start import set_up

        set_up()

        make_tables()
        began = time.perf_counter()
        register(enterprises)
        took = time.perf_counter() - began
        print(f"registered with their entries in {took:.0f} s", file=sys.stderr)
        for name, user in readers().items():
            told(name, measure(user), f"{enterprises:,} enterprises")


def measure(user: Any, typed: Sequence[str] = TYPED, rounds: int = 3) -> dict[str, list[float]]:
    """Seconds of each question, asked so often, with up to 200 hits of each kind."""
    from zhihuan.bureau.search.finding import search

    def ask(each: str) -> float:
        began = time.perf_counter()
        search(user, each, most=MOST)
        return time.perf_counter() - began

    return {each: [ask(each) for _ in range(rounds)] for each in typed}


def told(reader: str, seconds: dict[str, list[float]], note: str) -> None:
    """The middle and the worst of all questions, and the slowest one."""
    every = sorted(second * 1000 for each in seconds.values() for second in each)
    slowest = max(seconds, key=lambda each: max(seconds[each]))
    median, late = statistics.median(every), every[int(len(every) * 0.95)]
    tell(f"search: {reader}, median", median, "ms", None, note)
    tell(f"search: {reader}, p95", late, "ms", None, note)
    tell(f"search: {reader}, worst", every[-1], "ms", None, f"{slowest}; {note}")


def readers() -> dict[str, Any]:
    """Somebody of the bureau, and somebody of an enterprise."""
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.registry.models import Enterprise

    bureau = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")[0]
    places = {"registrar": bureau, "enterprise_user": Enterprise.objects.order_by("pk").last()}
    found = {}
    for role, place in places.items():
        user = User.objects.get_or_create(
            username=f"bench-{role}", defaults={"organisation": place}
        )[0]
        RoleGrant.objects.get_or_create(user=user, role=role, organisation=place)
        found[role] = user
    return found


def register(enterprises: int) -> None:
    """That many enterprises with what belongs to them, and five points for three of them."""
    from django.db import transaction

    from zhihuan.bureau.places.models import Town

    random.seed(1)
    towns, portion = list(Town.objects.all()), 2_000
    for start in range(0, enterprises, portion):
        with transaction.atomic():
            _portion(range(start, min(enterprises, start + portion)), towns)


def _portion(numbers: range, towns: Sequence[Any]) -> None:
    from zhihuan.bureau.history.bulk import bulk_create
    from zhihuan.bureau.registry.models import Contact, Permit, Site

    rows = [_enterprise(number, random.choice(towns)) for number in numbers]
    bulk_create(rows, batch_size=1_000)
    sites = Site.objects.bulk_create(
        [Site(code=f"C{r.code}", name=f"{r.name}厂区", enterprise=r, town=r.town, address=r.address) for r in rows],
        batch_size=500,
    )  # fmt: skip
    Permit.objects.bulk_create(
        [
            Permit(enterprise=r, number=f"{r.credit_code}001V", valid_from="2024-01-01")
            for r in rows
        ],
        batch_size=500,
    )
    Contact.objects.bulk_create(
        [Contact(enterprise=r, name="张三", phone=f"138{n:08d}") for n, r in zip(numbers, rows, strict=True)],
        batch_size=500,
    )  # fmt: skip
    _points(numbers, sites)


def _points(numbers: range, sites: Sequence[Any]) -> None:
    from zhihuan.bureau.registry.models import Device, MonitoringPoint

    chosen = [(n * 5 // 3 + extra, site) for n, site in zip(numbers, sites, strict=True)
              for extra in range((n + 1) * 5 // 3 - n * 5 // 3)]  # fmt: skip
    points = MonitoringPoint.objects.bulk_create(
        [
            MonitoringPoint(
                code=f"WS-{n:06d}", name=f"{site.name[:-2]}{'废水' if n % 2 else '废气'}排口",
                kind="wastewater", site=site, town_id=site.town_id, lon=113.3, lat=22.6,
            )
            for n, site in chosen
        ],
        batch_size=500,
    )  # fmt: skip
    Device.objects.bulk_create(
        [Device(mn=f"4420001234{p.code[3:]}ABCD0000", point=p) for p in points], batch_size=500
    )


def _enterprise(number: int, town: Any) -> Any:
    from zhihuan.bureau.registry.models import Enterprise

    first, lines, forms = _FIRST.split(), _LINES.split(), _FORMS.split()
    proper = "".join(map(random.choice, (first, first, lines, forms)))
    return Enterprise(
        code=f"QY{number:06d}", kind="enterprise", town=town, synthetic=True,
        name=f"中山市{town.name if random.random() < 0.6 else ''}{proper}",
        credit_code=f"91442000MA{number:07d}X",
        address=f"广东省中山市{town.name}{random.choice(first)}路{random.randint(1, 300)}号",
    )  # fmt: skip


if __name__ == "__main__":
    main()
