"""Ten thousand rows of enterprises from an Excel file: check with preview, apply, and once more unchanged.

Through ``bureau.registry.importing.running`` as pages and ``zhihuan registry import`` go, over SQLite in a
temporary home (or ZHIHUAN_BENCH_DATABASE_URL). One row in a hundred is wrong. Beside it a tenth of the rows one by
one: ``full_clean`` and ``save`` of the model, without preview, history or undo.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import tempfile
import time
from typing import Any

from bench._dose import add_doses, dose_of
from bench._tables import make_tables

SHEET = "enterprise"
TARGET_SECONDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, "1 000 rows")
    rows = dose_of(parser.parse_args(), 10_000, 1_000, 50)
    with tempfile.TemporaryDirectory(prefix="zhihuan-bench-") as home:
        os.environ["ZHIHUAN_HOME"] = home
        os.environ["ZHIHUAN_DATABASE_URL"] = os.environ.get("ZHIHUAN_BENCH_DATABASE_URL", "")
        os.environ.pop("ZHIHUAN_STORE_URL", None)
        _run(rows)


def _run(rows: int) -> None:
    from zhihuan.web.start import set_up

    set_up()

    from zhihuan.bureau.registry.importing import running

    make_tables()
    content, user = workbook(rows), registrar()
    told: list[int] = []
    file = running.take(SHEET, "bench.xlsx", content, user)
    checked = _timed(lambda: running.check_here(file, lambda done, _total: told.append(done)))
    _must(file, "checked", rows)
    _print("10,000 rows: read, checked, previewed" if rows == 10_000 else f"{rows:,} rows: preview",
           checked, TARGET_SECONDS, f"{len(told)} times told how far")  # fmt: skip
    applied = _timed(lambda: running.apply_here(file, "bench", lambda _done, _total: None))
    _must(file, "applied", rows)
    _print("applied, with history and undo", applied, None, "the plan is made anew first")
    again = running.take(SHEET, "bench.xlsx", content, user)
    _print("the same file again: nothing to do", _timed(lambda: running.check_here(again, lambda *_: None)),
           TARGET_SECONDS, "every row is compared")  # fmt: skip
    tenth = workbook(rows // 10)
    _print(f"{rows // 10:,} rows one by one: full_clean and save", _timed(lambda: _plainly(tenth)), None,
           "no preview, history or undo")  # fmt: skip


def workbook(rows: int) -> bytes:
    """An Excel file of made-up enterprises; one in a hundred has no name."""
    import xlsxwriter

    from zhihuan.bureau.places.city import town_names
    from zhihuan.bureau.registry.importing.sheet import SHEETS

    sheet, towns, file = SHEETS[SHEET], list(town_names()), io.BytesIO()
    names = ("code", "name", "no_code_reason", "address", "town", "lon", "lat")
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [sheet.heading(name) for name in names])
        for line in range(1, rows + 1):
            name = "" if line % 100 == 0 else f"模拟企业{line:05}有限公司"
            town = towns[line % len(towns)]
            page.write_row(line, 0, [f"B{line:05}", name, "模拟数据", f"{town}{line}号", town,
                                     113.3 + line % 100 / 500, 22.5 + line % 97 / 500])  # fmt: skip
    return file.getvalue()


def registrar() -> Any:
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User

    place = Organisation.objects.create(name="模拟生态环境局", kind="bureau", synthetic=True)
    user = User.objects.create(username="bench", organisation=place)
    RoleGrant.objects.create(user=user, role="registrar", organisation=place)
    return user


def _plainly(content: bytes) -> None:
    """What a first version of such an import does; codes differ, so that nothing clashes."""
    from django.core.exceptions import ValidationError

    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.importing.table_file import read_table
    from zhihuan.bureau.registry.models import Enterprise

    for _number, (code, name, reason, address, town, lon, lat) in read_table(content).rows:
        record = Enterprise(code=f"P{code}", name=name or "", no_code_reason=reason, address=address,
                            kind="enterprise", town=find_town(str(town)), lon=lon, lat=lat)  # fmt: skip
        try:
            record.full_clean()
        except ValidationError:
            continue
        record.save()


def _must(file: Any, state: str, rows: int) -> None:
    """A figure of work that was not done is no figure."""
    if file.state != state or file.summary["create"] != rows - rows // 100:
        raise SystemExit(f"{file.state}: {file.trouble} {file.summary}")


def _timed(work: Any) -> tuple[float, float]:
    """Wall clock and processor time [s]."""
    started, used = time.monotonic(), time.process_time()
    work()
    return time.monotonic() - started, time.process_time() - used


def _print(of: str, took: tuple[float, float], target: float | None, note: str) -> None:
    wall, processor = took
    line = {"bench": f"registry import: {of}", "figure": round(wall, 2), "unit": "s", "target": target,
            "at_most": True, "note": f"processor time {processor:.1f} s; {note}"}  # fmt: skip
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
