"""``zhihuan inspection``: a draw computed again, credit classes taken or refused with the line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhihuan.cli.inspection import command
from zhihuan.lines.inspection import drawing
from zhihuan.lines.inspection.models import Standing


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


@pytest.fixture
def published(tmp_path: Path) -> Path:
    roster = {
        "how_many": 1,
        "objects": [{"code": f"E{n}", "name": f"厂{n}", "town": "T", "weight": 1} for n in "12"],
        "officers": [{"code": f"ZF{n}", "name": n, "towns": ["*"]} for n in "123"],
        "barred": [],
    }
    told = {
        "format": drawing.FORMAT,
        "seed": "s",
        "commitment": drawing.commitment_of("s"),
        "list": roster,
        "list_digest": drawing.digest_of_list(roster),
        "public_word": "w",
        "result": drawing.draw(roster, "s", "w"),
    }
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def test_a_draw_that_agrees_is_said_to(published):
    told = run("draw-verify", str(published))
    assert (told.exit_code, told.output.strip()) == (0, "1 results agree")


def test_a_draw_that_was_bent_fails_and_says_where(published):
    bent = json.loads(published.read_text("utf-8")) | {"seed": "other"}
    published.write_text(json.dumps(bent), encoding="utf-8")
    told = run("draw-verify", str(published))
    assert told.exit_code == 1
    assert "种子与事先公开的承诺不符" in told.output


@pytest.mark.parametrize("content", ["", "[]", '{"format": "zhihuan-inspection-draw/1"}'])
def test_what_is_no_draw_is_refused_without_a_trace(published, content):
    published.write_text(content, encoding="utf-8")
    told = run("draw-verify", str(published))
    assert told.exit_code == 1
    assert "no record of a draw" in told.output or "版本不识" in told.output


@pytest.mark.django_db
def test_credit_classes_come_from_a_table_and_not_twice(firm, tmp_path):
    code = firm("key").code
    file = tmp_path / "credit.csv"
    file.write_text(f"code,credit,since,source\n{code},D,2026-01-01,模拟\n", encoding="utf-8")
    assert "1 of 1" in run("standings", str(file)).output
    assert "0 of 1" in run("standings", str(file)).output
    assert Standing.objects.get().credit == "D"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "words"),
    [("NONE,A,2026-01-01,x", "line 3: no firm"), ("{code},E,2026-01-01,x", "line 3: credit"),
     ("{code},A,yesterday,x", "line 3: since")],
)  # fmt: skip
def test_a_wrong_line_is_named_and_nothing_is_taken(firm, tmp_path, line, words):
    code = firm("key").code
    file = tmp_path / "credit.csv"
    lines = ["code,credit,since,source", f"{code},A,2026-01-01,模拟", line.format(code=code)]
    file.write_text("\n".join(lines), encoding="utf-8")
    told = run("standings", str(file))
    assert told.exit_code == 1
    assert words in told.output
    assert Standing.objects.count() == 0
