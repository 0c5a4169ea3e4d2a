"""Device files: everything a gateway needs to know, and no misspelt word goes unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihuan.hj212.profile import CrcDialect, Version
from zhihuan.telemetry.gateway.device_files import DeviceFileError, read_devices
from zhihuan.telemetry.gateway.files import FileDirectory


def write(folder: Path, text: str, name: str = "devices.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_yaml_gives_every_field(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
devices:
  - mn: "010000A8900016F000169DC0"
    password: "123456"
    version: 2005
    crc: modbus
    lenient_length: true
    aliases: {PM25: a34004}
    keys: ["30303030303030303030303030303030"]
    realtime_seconds: 30
    minute_minutes: 10
    factors: [w01018, w21003]
    system_type: "32"
  - mn: "2"
""",
    )
    first, second = read_devices(path).values()
    assert (first.password, first.aliases) == ("123456", {"PM25": "a34004"})
    assert first.profile.version is Version.V2005
    assert first.profile.crc is CrcDialect.MODBUS
    assert first.profile.lenient_length
    assert first.profile.keys == (b"0" * 16,)
    assert (first.realtime_seconds, first.minute_minutes) == (30, 10)
    assert first.factors == ("w01018", "w21003")
    assert first.system_type == "32"
    assert second.password is None
    assert second.profile.version is None
    assert second.enabled


def test_csv_gives_the_same(tmp_path: Path) -> None:
    text = "mn,password,version,crc,enabled,aliases\nA1,123456,2017,off,no,PM25=a34004 O3=a05024\nA2,,,,,\n"
    first, second = read_devices(write(tmp_path, text, "devices.csv")).values()
    assert (first.mn, first.password, first.enabled) == ("A1", "123456", False)
    assert first.profile.crc is CrcDialect.OFF
    assert first.aliases == {"PM25": "a34004", "O3": "a05024"}
    assert (second.password, second.enabled) == (None, True)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('{mn: "1", pasword: "x"}', "unknown pasword"),
        ('{mn: "1", version: 2018}', "2005, 2017 or 2025"),
        ("{mn: 88888880000001}", "text in quotes"),
        ('{password: "x"}', "mn is missing"),
        ('{mn: "1", keys: ["00"]}', "32 hex digits"),
        ('{mn: "1", realtime_seconds: 0}', "above zero"),
        ('{mn: "1", crc: crc32}', "modbus-swapped"),
        ('{mn: "1", enabled: maybe}', "true or false"),
        ("just text", "names and values"),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_place(
    tmp_path: Path, entry: str, complaint: str
) -> None:
    path = write(tmp_path, f'devices:\n  - {{mn: "0"}}\n  - {entry}\n')
    with pytest.raises(DeviceFileError, match=complaint) as caught:
        read_devices(path)
    assert "device 2" in str(caught.value)


def test_one_device_cannot_be_registered_twice(tmp_path: Path) -> None:
    with pytest.raises(DeviceFileError, match="twice"):
        read_devices(write(tmp_path, 'devices: [{mn: "1"}, {mn: "1"}]'))


def test_the_directory_notices_an_edit(tmp_path: Path) -> None:
    path = write(tmp_path, 'devices: [{mn: "1"}]')
    directory = FileDirectory(path)
    before = directory.version()
    assert directory.version() == before
    write(tmp_path, 'devices: [{mn: "1"}, {mn: "22"}]')
    assert directory.version() != before
    assert set(directory.snapshot()) == {"1", "22"}
