"""``zhihuan statistics`` from the outside: compute, then read the tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from zhihuan.cli.statistics import command
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch, MeasurementRows
from zhihuan.telemetry.store import open_store

DAY = 1717171200  # 2024-06-01 00:00 in Beijing
SPAN = ["--from", "2024-06-01", "--to", "2024-06-02"]
NAN = float("nan")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A store with 50 minutes of one device, and its device file: the options that name both."""
    monkeypatch.setenv("COLUMNS", "200")
    url = f"chdb://{tmp_path}/telemetry"
    store = open_store(url)
    store.migrate()
    count = 50
    nothing = [NAN] * count
    for kind, times in (
        (Kind.MINUTE, [DAY + n * 60 for n in range(60) if not 20 <= n < 30]),
        (Kind.HOUR, [DAY]),
    ):
        some = len(times)
        store.write(
            Batch(
                measurements=MeasurementRows(
                    ["D"] * some, ["a21026"] * some, [int(kind)] * some, times,
                    [20.0 if kind is Kind.MINUTE else 30.0] * some,
                    *([nothing[:some]] * 6), ["N"] * some, [1] * some, [0] * some,
                )
            )
        )  # fmt: skip
    store.close()
    devices = tmp_path / "devices.yaml"
    devices.write_text("devices:\n  - mn: D\n    system_type: '31'\n    minute_minutes: 1\n")
    return ["--store", url, "--devices", str(devices), *SPAN]


def run(*words: str) -> str:
    done = CliRunner().invoke(command, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_compute_says_what_it_wrote_and_the_second_time_that_nothing_changed(
    asked: list[str],
) -> None:
    assert "2 rows written, 0 unchanged" in run("compute", *asked)
    assert "0 rows written, 2 unchanged" in run("compute", *asked)
    compared = run("compare", *asked)
    assert "33.33%" in compared
    assert "1 differences in 1 pairs" in compared


def test_gaps_are_listed_with_their_bounds_in_beijing_time(asked: list[str]) -> None:
    shown = run("gaps", *asked[:-1], "2024-06-01 01:00")
    assert "2024-06-01 00:20" in shown
    assert "2024-06-01 00:29" in shown
    assert "1 gaps, 10 periods missing" in shown


def test_transmission_shows_numerators_denominators_and_rates(asked: list[str]) -> None:
    shown = run("transmission", *asked)
    assert "4.17%" in shown  # 1 of 24 hours
    assert "合计" in shown


def test_rules_name_their_clauses_and_how_sure_we_are() -> None:
    shown = CliRunner().invoke(command, ["rules", "--on", "2024-06-01"], env={"COLUMNS": "250"})
    assert "附录D D2.2 式(24)" in shown.output
    assert "official" in shown.output
    assert "unconfirmed" in shown.output


def test_rules_of_a_day_before_every_edition_say_so() -> None:
    shown = CliRunner().invoke(command, ["rules", "--on", "2010-01-01"], env={"COLUMNS": "250"})
    assert "in force on 2010-01-01" in shown.output.replace("\n", "")


def test_a_device_nobody_registered_is_an_error_not_an_empty_table(asked: list[str]) -> None:
    done = CliRunner().invoke(command, ["compute", *asked, "--mn", "nobody"])
    assert done.exit_code == 2
    assert "nobody" in done.output


def test_a_span_that_ends_before_it_begins_is_refused(asked: list[str]) -> None:
    done = CliRunner().invoke(
        command, ["gaps", *asked[:4], "--from", "2024-06-02", "--to", "2024-06-01"]
    )
    assert done.exit_code == 2
    assert "before" in done.output
