"""``zhihuan figures``: tells what the page tells, and counts anew."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from zhihuan.cli.figures import command

sys.path.insert(0, str(Path(__file__).parents[1] / "indicators"))


@pytest.fixture
def act(db):
    from acts import Acts

    return Acts()


def run(*arguments: str):
    return CliRunner().invoke(command, arguments)


def test_every_figure_of_a_period_as_rows_and_as_json(act):
    act("case_filed", "2026-03-02", town="三角镇")
    act("penalty_fined", "2025-03-02", amount="100.50")
    rows = {
        row["code"]: row
        for row in csv.DictReader(io.StringIO(run("tell", "--period", "2026").output))
    }
    assert (rows["cases_filed"]["now"], rows["cases_filed"]["before"]) == ("1", "0")
    assert rows["penalty_amount"]["before"] == "100.50"
    told = json.loads(run("tell", "--period", "2026", "--format", "json").output)
    assert {each["code"] for each in told} == set(rows)


def test_told_apart_by_month_and_of_one_town(act):
    act("case_filed", "2026-03-02", town="三角镇")
    act("case_filed", "2026-03-02", town="小榄镇")
    from zhihuan.bureau.places.city import find_town

    output = run(
        "tell", "--period", "2026", "--by", "month", "--town", find_town("三角镇").pk
    ).output
    found = {(row["code"], row["month"]): row["now"] for row in csv.DictReader(io.StringIO(output))}
    assert found["cases_filed", "3"] == "1"
    assert found["cases_filed", "2"] == "0"


def test_what_is_no_period_is_told_with_how_to_write_one(db):
    result = run("tell", "--period", "yesterday")
    assert result.exit_code == 1
    assert "2026-Q3" in result.output


def test_counting_anew_takes_away_what_no_event_bears_out(act):
    from zhihuan.indicators.models import CountedAct

    act("case_filed", "2026-03-02", procedure="simple_case")
    assert run("recount").exit_code == 0
    assert not CountedAct.objects.filter(acts="case_filed").exists()


def test_sums_are_compared_and_made_anew_when_asked(act):
    act("case_filed", "2026-03-02", town="三角镇")
    result = run("sums")
    assert result.exit_code == 1
    assert "acts:case_filed" in result.output
    assert "counted (1, 0, 0)" in result.output
    assert run("sums", "--make").exit_code == 0
    result = run("sums")
    assert (result.exit_code, result.output) == (0, "0 sums differ\n")
