from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from zhihuan.hj212.crc import CrcDialect
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.gateway.device_files import read_devices
from zhihuan.telemetry.simulator.faults.data import DataFault, DataFaultKind
from zhihuan.telemetry.simulator.fleet_file import (
    FleetFileError,
    read_fleet,
    write_devices,
    write_fleet,
)
from zhihuan.telemetry.simulator.mixture import mixed_fleet

FLEET = mixed_fleet(120, 9)


def test_a_fleet_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    odd = replace(
        FLEET[0],
        crc=CrcDialect.MODBUS_SWAPPED,
        key=b"\x00\xff" * 8,
        aliases={"w01018": "COD"},
        levels={"w01018": 2.5},
        faults=(DataFault(DataFaultKind.DRIFT, FLEET[0].mn, 10, 20, "w01018", 0.1),),
    )
    write_fleet(tmp_path / "fleet.yaml", [odd, *FLEET[1:]])
    assert read_fleet(tmp_path / "fleet.yaml") == [odd, *FLEET[1:]]


def test_a_gateway_reads_the_devices_file_and_knows_every_device(tmp_path: Path) -> None:
    write_devices(tmp_path / "devices.yaml", FLEET)
    known = read_devices(tmp_path / "devices.yaml")
    assert known == {spec.mn: spec.registered() for spec in FLEET}


def test_a_misspelt_field_is_named(tmp_path: Path) -> None:
    path = tmp_path / "fleet.yaml"
    path.write_text("devices:\n- {mn: 'A', kind: noise, sed: 3}\n", "utf-8")
    with pytest.raises(FleetFileError, match=r"fleet.yaml, device 1: unknown sed"):
        read_fleet(path)
    path.write_text("devices:\n- {mn: 'A', kind: noise, crc: md5}\n", "utf-8")
    with pytest.raises(FleetFileError, match="md5"):
        read_fleet(path)
    path.write_text("- 1\n", "utf-8")
    with pytest.raises(FleetFileError, match="'devices'"):
        read_fleet(path)


def test_a_mixed_fleet_has_all_kinds_and_editions_and_no_number_twice() -> None:
    fleet = mixed_fleet(2000, 1)
    assert len({spec.mn for spec in fleet}) == 2000
    kinds = Counter(spec.kind for spec in fleet)
    assert set(kinds) == {"flue_gas", "wastewater", "ambient_air", "river", "noise", "voc", "power"}
    assert {spec.version for spec in fleet} == set(Version)
    assert any(spec.surface_water for spec in fleet)
    assert any(spec.key for spec in fleet)
    assert all(len(spec.mn) == (14 if spec.version is Version.V2005 else 24) for spec in fleet)
    assert mixed_fleet(2000, 1) == fleet
    assert mixed_fleet(5, 1) == fleet[:5]


def test_only_the_kinds_asked_for_are_made() -> None:
    assert {spec.kind for spec in mixed_fleet(50, 1, ["river", "noise"])} == {"river", "noise"}
    with pytest.raises(ValueError, match="no such kinds: volcano"):
        mixed_fleet(5, 1, ["volcano"])
