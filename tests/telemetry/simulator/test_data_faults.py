from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhihuan.telemetry.simulator.data_fault_plan import struck_by
from zhihuan.telemetry.simulator.faults.data import EXPLAINED, DataFault, DataFaultKind, lasting
from zhihuan.telemetry.simulator.faults.truth import TruthLog, read_truth
from zhihuan.telemetry.simulator.kinds import kind_spec
from zhihuan.telemetry.simulator.mixture import mixed_fleet
from zhihuan.telemetry.simulator.plant import SyntheticPlant

MIDNIGHT = 1_773_936_000
DAY = 86_400
START, END = MIDNIGHT + DAY, MIDNIGHT + 3 * DAY
MOMENTS = np.arange(MIDNIGHT, MIDNIGHT + 4 * DAY, 300, dtype=np.int64)
INSIDE = (MOMENTS >= START) & (MOMENTS < END)
QUIET = replace(kind_spec("wastewater"), marks={}, episode_chance=0.0)


def cod(*faults: DataFault) -> np.ndarray:
    return SyntheticPlant(QUIET, 6, faults=faults).samples(MOMENTS).values["w01018"]


def fault(kind: str, amount: float = 0.0, factor: str = "w01018") -> DataFault:
    return DataFault(DataFaultKind(kind), "M", START, END, factor, amount)


@pytest.mark.parametrize(
    "found", [cod(fault("drift", 0.1)), cod(fault("flat_line")), cod(fault("capping", 30.0))]
)
def test_a_fault_leaves_everything_outside_its_span_alone(found: np.ndarray) -> None:
    np.testing.assert_array_equal(found[~INSIDE], cod()[~INSIDE])
    assert (found[INSIDE] != cod()[INSIDE]).any()


def test_drift_grows_by_its_part_of_the_value_a_day() -> None:
    ratio = cod(fault("drift", 0.1)) / cod()
    days = (MOMENTS - START) / DAY
    np.testing.assert_allclose(ratio[INSIDE], 1 + 0.1 * days[INSIDE])


def test_a_flat_line_repeats_the_value_at_its_start() -> None:
    found = cod(fault("flat_line"))
    assert np.unique(found[INSIDE]).size == 1
    assert found[INSIDE][0] == cod()[MOMENTS == START][0]


def test_capping_cuts_off_above_and_nothing_below() -> None:
    found, sound = cod(fault("capping", 38.0)), cod()
    assert found[INSIDE].max() == 38.0
    low = INSIDE & (sound < 38.0)
    np.testing.assert_array_equal(found[low], sound[low])


def test_yesterday_is_reported_again_day_after_day() -> None:
    found, sound = cod(fault("copy_of_yesterday")), cod()
    day = DAY // 300
    before = sound[:day]
    np.testing.assert_array_equal(found[day : 2 * day], before)
    np.testing.assert_array_equal(found[2 * day : 3 * day], before)


def test_totals_follow_a_falsified_reading() -> None:
    plant = SyntheticPlant(QUIET, 6, faults=(fault("capping", 20.0),))
    samples = plant.samples(MOMENTS)
    assert samples.values["w01018"][INSIDE].max() <= 20.0
    np.testing.assert_array_equal(
        samples.values["w00000"], SyntheticPlant(QUIET, 6).samples(MOMENTS).values["w00000"]
    )


def test_a_fault_of_all_factors_touches_all() -> None:
    gone = SyntheticPlant(QUIET, 6, faults=(fault("gap", factor=""),)).samples(MOMENTS)
    for values in gone.values.values():
        assert np.isnan(values[INSIDE]).all()
        assert np.isfinite(values[~INSIDE]).all()


def test_a_broken_instrument_marks_its_values() -> None:
    samples = SyntheticPlant(QUIET, 6, faults=(fault("instrument_fault"),)).samples(MOMENTS)
    assert set(samples.marks[INSIDE]) == {4}
    assert set(samples.marks[~INSIDE]) == {0}


def test_a_span_is_half_open() -> None:
    outage = fault("outage")
    assert lasting([outage], DataFaultKind.OUTAGE, START) is outage
    assert lasting([outage], DataFaultKind.OUTAGE, END) is None


def test_a_fault_that_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="ends"):
        DataFault(DataFaultKind.GAP, "M", END, START)
    with pytest.raises(ValueError, match="needs an amount"):
        DataFault(DataFaultKind.DRIFT, "M", START, END)


def test_every_kind_is_explained() -> None:
    assert set(EXPLAINED) == set(DataFaultKind)


def test_the_share_of_struck_devices_is_as_asked_and_reproducible() -> None:
    fleet = mixed_fleet(400, 1)
    struck = struck_by(fleet, ["flat_line=0.25", "drift:0.2=1"], START, DAY, 5)
    flat = [spec for spec in struck if any(f.kind == "flat_line" for f in spec.faults)]
    assert 70 <= len(flat) <= 130
    assert all(any(f.kind == "drift" and f.amount == 0.2 for f in spec.faults) for spec in struck)
    assert struck == struck_by(fleet, ["flat_line=0.25", "drift:0.2=1"], START, DAY, 5)


@pytest.mark.parametrize("text", ["drfit=1", "drift:fast=1", "drift:0.1=many"])
def test_an_unusable_request_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text.split("=", maxsplit=1)[0].split(":", maxsplit=1)[0]):
        struck_by(mixed_fleet(2), [text], START, DAY, 0)


def test_declared_faults_are_on_the_answer_sheet(tmp_path) -> None:
    log = TruthLog(tmp_path / "truth.jsonl")
    log.declare([fault("drift", 0.1), fault("gap", factor="")])
    log.note("reset", "M", START, qn="1")
    log.close()
    entries = list(read_truth(tmp_path / "truth.jsonl"))
    assert [entry["kind"] for entry in entries] == ["drift", "gap", "reset"]
    assert entries[0] == {
        "layer": "data", "kind": "drift", "mn": "M", "time": START,
        "start": START, "end": END, "factor": "w01018", "amount": 0.1,
    }  # fmt: skip
    assert entries[2]["layer"] == "wire"
    assert log.counts == {"drift": 1, "gap": 1, "reset": 1}
