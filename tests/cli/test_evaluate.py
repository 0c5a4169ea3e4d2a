"""``zhihuan evaluate``: what people type, what they read, and what the exit code says."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from zhihuan.cli import main
from zhihuan.evaluation.subject import subject_names

HOURS = "时间,点位,PM2.5,O3\n2026-03-01T08:00+08:00,甲,75,50\n2026-03-01T09:00+08:00,甲,40,50\n"


def run(*words: str, typed: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["evaluate", *words], input=typed)


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    path = tmp_path / "hours.csv"
    path.write_text(HOURS, encoding="utf-8")
    return path


def test_a_good_file_gives_a_table_the_law_and_exit_code_0(hours: Path) -> None:
    done = run("air", str(hours))
    assert done.exit_code == 0, done.output
    assert "轻度污染" in done.output
    assert "依据：" in done.output
    assert "HJ 633-2026" in done.output


def test_refused_rows_are_told_and_the_exit_code_is_1(hours: Path) -> None:
    hours.write_text(HOURS + "2026-03-01 10:00,甲,40,50\n", encoding="utf-8")
    done = run("air", str(hours))
    assert done.exit_code == 1
    assert "第 4 行，时间 = 2026-03-01 10:00：没有时区" in done.output
    assert run("air", str(hours), "--zone", "Asia/Shanghai").exit_code == 0
    assert run("air", str(hours), "--zone", "+08:00").exit_code == 0
    piped = run("air", str(hours), "--format", "json")
    assert piped.exit_code == 1
    assert "第 4 行" in piped.stderr
    assert json.loads(piped.stdout)["refused_rows"] == 1


def test_a_file_without_the_columns_is_exit_code_2(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    done = run("air", str(path))
    assert done.exit_code == 2
    assert "第 1 行（表头）" in done.stderr


@pytest.mark.parametrize(
    "words",
    [("--zone", "Mars"), ("--format", "excel"), ("--on", "tomorrow"), ("--edition", "GB 1")],
)
def test_a_question_that_has_no_sense_is_exit_code_2(hours: Path, words: tuple[str, str]) -> None:
    assert run("air", str(hours), *words).exit_code == 2


def test_a_place_nobody_can_write_to_is_told_without_a_trace(
    hours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("air", str(hours), "--format", "csv", "-o", str(tmp_path / "no" / "x.csv"))
    assert done.exit_code == 2
    assert "there is no folder" in done.stderr
    monkeypatch.setattr(Path, "replace", _no_room)
    done = run("air", str(hours), "--format", "csv", "-o", str(tmp_path / "x.csv"))
    assert (done.exit_code, done.stderr.strip()) == (2, "x.csv：No space left on device")


def _no_room(_path: Path, _target: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "x.csv")


def test_a_file_of_a_header_alone_says_so(hours: Path) -> None:
    hours.write_text(HOURS.splitlines()[0] + "\n", encoding="utf-8")
    for form in ("table", "csv", "json"):
        done = run("air", str(hours), "--format", form)
        assert done.exit_code == 0
        assert "只有表头，没有数据行" in done.stderr


def test_an_unknown_subject_is_exit_code_2(hours: Path) -> None:
    assert run("earth", str(hours)).exit_code == 2
    assert run("columns", "earth").exit_code == 2


def test_why_prints_the_reasons_of_one_row(hours: Path) -> None:
    done = run("air", str(hours), "--why", "2")
    assert done.exit_code == 0
    assert "AQI 114" in done.output
    assert "步骤：" in done.output


def test_results_go_to_a_file_in_the_form_asked_for(hours: Path, tmp_path: Path) -> None:
    assert run("air", str(hours), "--format", "csv", "-o", str(tmp_path / "x.csv")).exit_code == 0
    assert "114" in (tmp_path / "x.csv").read_text("utf-8-sig")
    done = run("air", str(hours), "--format", "excel", "-o", str(tmp_path / "x.xlsx"))
    assert done.exit_code == 0, done.output
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames[0] == "结果"
    done = run("air", str(hours), "--format", "json", "--synthetic", "-o", str(tmp_path / "x.json"))
    assert done.exit_code == 0
    assert json.loads((tmp_path / "x.json").read_text("utf-8"))["synthetic"] is True


def test_who_watches_sees_the_rows_go_by(hours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rich.console.Console.is_terminal", property(lambda _self: True))
    done = run("air", str(hours), "--format", "json")
    assert done.exit_code == 0
    assert "已读取" in done.stderr
    assert json.loads(done.stdout)["summary"]["results"] == 2, "and the results stay clean"


def test_what_does_not_fit_on_a_sheet_is_told(
    hours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhihuan.evaluation.writers.workbook.MOST_ROWS", 1)
    done = run("air", str(hours), "--format", "excel", "-o", str(tmp_path / "x.xlsx"))
    assert "放不下其中 1 个结果" in done.stderr


def test_unused_columns_flags_and_many_problems_are_told_below_the_table(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    good = "".join(f"2026-03-01T{n:02d}:00Z,20,x\n" for n in range(8)) + "2026-03-01T08:00Z,0.3,x\n"
    bad = "".join(f"2026-03-02T{n:02d}:00Z,-1,x\n" for n in range(24))
    path.write_text("time,PM25,经办人\n" + good + bad, encoding="utf-8")
    done = run("air", str(path))
    assert done.exit_code == 1
    assert "未使用的列：经办人" in done.output
    assert "1 个数值偏小，已参加评价" in done.output
    assert "……另有 4 处" in done.output


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path, output = tmp_path / "x.csv", tmp_path / "report.csv"
    path.write_text("断面,氨氮\n甲,0.3\n", encoding="utf-8")
    output.write_text("an earlier report", encoding="utf-8")
    assert run("water", str(path), "--format", "csv", "-o", str(output)).exit_code == 2
    assert output.read_text("utf-8") == "an earlier report"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["report.csv", "x.csv"]


def test_the_table_shows_what_was_asked_and_says_how_much_there_is(hours: Path) -> None:
    done = run("air", str(hours), "--limit", "1")
    assert "只显示前 1 行，共 2 行" in done.output


@pytest.mark.parametrize("name", subject_names())
def test_columns_and_template_of_every_subject(name: str, tmp_path: Path) -> None:
    told = run("columns", name)
    assert told.exit_code == 0
    path = tmp_path / "example.csv"
    assert run("template", name, "-o", str(path)).exit_code == 0
    assert run("template", name).output.splitlines() == path.read_text("utf-8-sig").splitlines()
    judged = run(name, str(path))
    assert judged.exit_code == 0, judged.output
    assert "模拟数据" in judged.output


# --- worked cases -----------------------------------------------------------------------------------

CASES = [
    {
        "id": "a",
        "topic": "hj640_level",
        "input": {"kind": "area", "period": "day", "leq": 54.5},
        "expected": {"level": 2, "zh": "较好"},
    },
    {"id": "b", "topic": "no_such_topic", "input": {}},
    {"id": "c", "kind": "level", "input": {"aqi": "many"}, "expected": {"level": 1}},
    {
        "id": "d",
        "kind": "iaqi",
        "standard": "HJ 633-2026",
        "input": {"pollutant": "PM25", "averaging": "24h", "concentration": 75},
        "expected": {"iaqi": 113},
    },
]


def lines(*cases: object) -> bytes:
    return b"\n".join(json.dumps(case, ensure_ascii=False).encode() for case in cases)


def test_one_bad_case_never_stops_the_next_ones() -> None:
    done = run("vectors", typed=lines(*CASES) + b"\n\nnot json\n[1]\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "d", None, None]
    assert answers[0]["output"] == {"level": 2, "zh": "较好"}
    assert answers[3]["output"] == {"iaqi": 114}
    assert all("error" in answers[place] for place in (1, 2, 4, 5))
    assert done.exit_code == 1


def test_checked_cases_are_counted_by_kind_with_those_that_differ() -> None:
    done = run("vectors", "--check", "-", typed=lines(CASES[0], CASES[3]))
    assert done.exit_code == 1
    assert "hj640_level: 1/1" in done.stderr
    assert "iaqi: 0/1 differing: d" in done.stderr
    assert run("vectors", "--check", "-", typed=lines(CASES[0])).exit_code == 0
    assert run("vectors", typed=lines(CASES[3])).exit_code == 0
