"""Structure-borne noise in rooms, and the strip beside traffic arteries."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.noise.class_4a import class_4a_depth, in_class_4a
from zhihuan.standards.noise.indoor import indoor_structure_borne

DAY = date(2026, 3, 1)


def _zones(cell: str) -> list[str]:
    return ["2", "3", "4", "4a", "4b"] if cell == "2-4" else [cell]


@pytest.mark.parametrize("source", ["industrial", "social_life"])
def test_the_shared_tables_say_the_same(shared: Path, source: str) -> None:
    folder = shared / "data/standards"
    with (folder / "indoor_structure_borne_leq.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for zone in _zones(row["zone_class"]):
                for period in ("day", "night"):
                    found = indoor_structure_borne(
                        30.0, zone, row["room"], period, on=DAY, source=source
                    )
                    assert found.limit == float(row[f"{period}_dBA"])
    with (folder / "indoor_structure_borne_octave.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted = [float(row[key]) for key in ("f31_5", "f63", "f125", "f250", "f500")]
            for zone in _zones(row["zone_class"]):
                for room in row["room"].split("/"):
                    found = indoor_structure_borne(
                        30.0, zone, room, row["period"], on=DAY, source=source
                    )
                    assert found.band_limits.tolist() == wanted


def test_one_loud_band_is_enough_to_be_over() -> None:
    bands = [[60.0, 50.0, 40.0, 30.0, 25.0], [60.0, 50.0, 38.0, 30.0, 24.0]]
    found = indoor_structure_borne(29.0, "1", "A", "night", on=DAY, bands=bands)
    assert found.verdict.tolist() == [0, 1]
    assert found.band_excess[0].tolist() == [-9.0, -1.0, 1.0, 0.0, 1.0]
    text = found.derivation(0).text()
    assert "125 Hz 倍频带：40 对限值 39 dB → 超过【决定项】" in text
    assert "1 类区 A 类房间夜间超标" in text


def test_without_level_and_bands_nothing_is_judged() -> None:
    found = indoor_structure_borne(np.nan, "1", "A", "day", on=DAY)
    assert found.verdict == -1
    assert "无法评价" in found.derivation().conclusion
    only_bands = indoor_structure_borne(np.nan, "1", "A", "day", on=DAY, bands=[np.nan] * 4 + [39])
    assert only_bands.verdict == 0


def test_other_rooms_and_zones_are_refused() -> None:
    with pytest.raises(InputRefusedError, match=r"房间类型 = C"):
        indoor_structure_borne(30.0, "1", ["A", "C"], "day", on=DAY)
    with pytest.raises(InputRefusedError, match=r"声环境功能区类别 = 5"):
        indoor_structure_borne(30.0, "5", "A", "day", on=DAY)


def test_the_depth_of_class_4a_is_as_printed(shared: Path) -> None:
    with (shared / "data/standards/road_4a_depth.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            least, greatest = class_4a_depth(row["adjacent_zone"], on=DAY)
            assert (least, greatest) == (float(row["depth_m_min"]), float(row["depth_m_max"]))
    with pytest.raises(InputRefusedError, match="相邻功能区类别"):
        class_4a_depth("0", on=DAY)


def test_high_first_rows_end_the_strip_at_their_face() -> None:
    inside = in_class_4a(
        [30.0, 36.0, 20.0, 50.0, np.nan], 35.0, on=DAY,
        first_row_m=[np.nan, np.nan, 12.0, 60.0, 10.0], first_row_storeys=[0, 0, 2, 3, 3],
    )  # fmt: skip
    assert inside.tolist() == [True, False, True, True, False]
