"""``zhihuan discretion``: tables found, shown and reckoned by hand; refusals with their reason."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from zhihuan.cli.discretion import command


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_list_finds_tables_and_case_types_by_words() -> None:
    code, said = run("list", "超标")
    assert code == 0
    assert "PW08" in said
    assert len(run("list")[1].splitlines()) == 281 + 103
    assert run("list", "nothing-like-this")[0] == 1


def test_show_tells_factors_levels_and_ranges() -> None:
    assert "超标因子数目: 1个 (0%) | 2个 (2%) | 3个以上 (8%)" in run("show", "2.7")[1]
    assert "适用情形: 限期内改正 | 逾期未改正" in run("show", "1.6")[1]
    assert "tier 1: 工业噪声 2万元以上20万元以下" in run("show", "PW08")[1]
    assert run("show", "9.9")[0] == 1


def test_reckon_tells_every_step_and_the_fine() -> None:
    levels = ("超标因子数目=2个", "超标情况=超标3倍以下或超量30%以下")
    words = [word for each in levels for word in ("--level", each)]
    code, said = run("reckon", "2.7", "--on", "2026-05-01", *words)
    assert code == 0
    assert "罚款金额 = 14% × 100万元 = 14万元" in said
    assert said.rstrip().endswith("fine 140,000.00 yuan")
    assert "排污情况: 排放B类水污染物 0% (not found out: lowest)" in said


def test_reckon_gives_plain_values() -> None:
    code, said = run(
        "reckon", "1.1", "--on", "2026-05-01", "--base", "建设项目总投资额=10000000", "--json"
    )
    assert code == 0
    assert json.loads(said)["amount"] == "100000.00"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["2.7", "--on", "2026-08-15"], "已自2026-08-15废止"),
        (["2.7", "--on", "2026-05-01", "--level", "超标因子数目"], "NAME=VALUE"),
        (["2.7", "--on", "2026-05-01", "--level", "天气=晴"], "没有裁量因素“天气”"),
        (["1.1", "--on", "2026-05-01", "--base", "建设项目总投资额=viel"], "no sum of money"),
    ],
)
def test_what_cannot_be_reckoned_says_why(words: list[str], why: str) -> None:
    code, said = run("reckon", *words)
    assert code == 1
    assert why in said
