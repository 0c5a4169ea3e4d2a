"""``zhihuan clock``: limits by the law of a day, and due dates with their reckoning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from zhihuan.cli.clock import command


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_due_tells_the_day_the_way_and_the_law() -> None:
    code, said = run("due", "E01", "--from", "2026-02-03T09:00")
    assert code == 0
    assert "due on 2026-02-24" in said
    assert "roll       2026-02-18 -> 2026-02-24" in said
    assert "生态环境行政处罚办法" in said


def test_due_takes_extensions_and_standstills() -> None:
    words = [
        "--from",
        "2025-03-03",
        "--extend",
        "head=2025-05-01",
        "--still",
        "鉴定=2025-03-10/2025-03-20",
    ]
    code, said = run("due", "E02", *words)
    assert code == 0
    assert "due on 2025-07-11" in said


def test_due_in_hours_backwards_and_standing_still() -> None:
    assert "due before 2026-02-17 22:30" in run("due", "E21", "--from", "2026-02-16T22:30")[1]
    assert "due on 2026-02-13" in run("due", "E07", "--from", "2026-03-02")[1]
    assert (
        "stands still" in run("due", "E02", "--from", "2026-03-02", "--still", "听证=2026-03-05")[1]
    )


def test_a_year_without_a_notice_is_provisional_until_it_is_given(tmp_path: Path) -> None:
    assert "provisional" in run("due", "E05", "--from", "2027-02-01")[1]
    notice = tmp_path / "2027.csv"
    notice.write_text("date,status\n2027-02-05,放假\n2027-01-31,补班\n", encoding="utf-8")
    said = run("due", "E05", "--from", "2027-02-01", "--calendar", str(notice))[1]
    assert "provisional" not in said
    assert "due on 2027-02-09" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("due", "E99", "--from", "2026-02-03"), "no time limit has the code"),
        (("due", "E01", "--from", "yesterday"), "write it as"),
        (
            ("due", "E01", "--from", "2026-02-03", "--still", "病假=2026-02-04"),
            "does not stand still",
        ),
        (
            ("due", "E03", "--from", "2026-02-03", "--extend", "head=2026-02-04"),
            "cannot be extended",
        ),
        (("limits", "炼金"), "there are: "),
    ],
)
def test_bad_input_says_what_is_wrong(words: tuple[str, ...], told: str) -> None:
    code, said = run(*words)
    assert code == 1
    assert told in said


def test_limits_are_those_of_the_day() -> None:
    assert "环境影响评价法" in run("limits", "环评", "--on", "2026-08-14")[1]
    assert "环境影响评价法" not in run("limits", "环评", "--on", "2026-08-15")[1]


NOTICE = "date,status\n2027-02-05,放假\n2027-02-08,放假\n2027-02-06,补班\n"


@pytest.mark.django_db
def test_a_loaded_year_is_kept_with_who_loaded_it(tmp_path: Path, person: Any) -> None:
    from zhihuan.bureau.matters.models import LoadedYear

    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, "utf-8-sig")
    person("section_head", name="head")
    code, said = run("load-year", str(file), "--as", "head")
    assert (code, said) == (0, "loaded; 0 running clocks end on another day\n")
    kept = LoadedYear.objects.get()
    assert (kept.year, kept.loaded_by.username) == (2027, "head")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (NOTICE.replace("补班", "大概"), "neither 放假 nor 补班"),
        ("date,status\n2031-01-01,放假\n", "follow"),
    ],
)
def test_a_year_that_cannot_be_is_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "year.csv"
    file.write_text(text, "utf-8")
    code, said = run("load-year", str(file))
    assert code == 1
    assert told in said
    assert str(file) in said


@pytest.mark.django_db
def test_clocks_follow_this_version_when_somebody_asks() -> None:
    from zhihuan.bureau.matters.engine.following import has_followed

    assert not has_followed()
    assert run("follow") == (0, "0 running clocks end on another day\n")
    assert has_followed()
