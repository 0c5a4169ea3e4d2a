"""What the tests of surface water share: a copy of the packaged law that a test may amend."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from zhihuan.standards import inputs, parameters, tables
from zhihuan.standards.surface_water import black_odour_rural, black_odour_urban, drinking, limits

_CACHES = (
    parameters.parameter,
    tables.table_rows,
    limits._limit_table,
    drinking._single_table,
    black_odour_urban._grade_table,
    black_odour_rural._rural_table,
)


def _forget() -> None:
    for cache in _CACHES:
        cache.cache_clear()


@pytest.fixture
def amend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """``amend("surface_water/x", "2030-01-01", "7")``: the law gains an edition, for this test.

    table: the text of a CSV file, packaged as ``amended/x`` beforehand.
    """
    law = tmp_path / "standards"
    source = Path(str(files("zhihuan.standards")))
    for folder in ("parameters/surface_water", "tables", "quantities"):
        shutil.copytree(source / folder, law / folder)
    for module in (parameters, tables, inputs):
        monkeypatch.setattr(module, "files", lambda _package: law)
    _forget()

    def add(name: str, day: str, value: str, *, table: str = "") -> None:
        if table:
            path = law / "tables" / "amended" / f"{name.rpartition('/')[2]}.csv"
            path.parent.mkdir(exist_ok=True)
            path.write_text(table, encoding="utf-8")
            value = f"{{rows: amended/{path.stem}}}"
        file = law / "parameters" / f"{name}.yaml"
        text = (
            f"  - in_force_from: {day}\n    edition: GB TOMORROW\n    value: {value}\n"
            '    reference: {title: "GB TOMORROW", clause: "1"}\n'
            "    confidence: official\n    last_checked: 2026-11-23\n"
        )
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
        _forget()

    yield add
    _forget()
