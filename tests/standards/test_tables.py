"""Packaged tables: text cells under named columns, and nothing ragged."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihuan.standards import tables
from zhihuan.standards.errors import ParameterFileError
from zhihuan.standards.tables import table_rows

FOLDER = Path(str(tables.__file__)).parent / "tables"
NAMES = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.csv")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_packaged_table_reads_and_its_columns_have_names(name: str) -> None:
    rows = table_rows(name)
    assert rows
    assert all(rows[0])
    assert all(cell == cell.strip() for row in rows for cell in row.values())


def test_a_row_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        table_rows(NAMES[0])[0]["item"] = "x"  # type: ignore[index]


@pytest.mark.parametrize("name", ["", "no/such/table"])
def test_a_table_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(ParameterFileError, match="no packaged table"):
        table_rows(name)


def test_a_ragged_row_is_an_error_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "x.csv").write_text("a,b\n1,2\n1,2,3\n", encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    with pytest.raises(ParameterFileError, match=r"tables/x\.csv, line 3: 3 cells under 2 columns"):
        table_rows("x")
