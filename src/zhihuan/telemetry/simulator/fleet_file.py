"""Fleets as files: what to simulate, and the devices a gateway has to know for it.

Two files from one list of devices: the fleet file for ``zhihuan simulate --fleet`` and the devices
file for ``zhihuan gateway --devices``. Refuses unknown names in a fleet file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from zhihuan.hj212.crc import CrcDialect
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.faults.data import DataFault, DataFaultKind
from zhihuan.telemetry.simulator.spec import DeviceSpec

__all__ = ["FleetFileError", "read_fleet", "write_devices", "write_fleet"]

_YEARS = {2005: Version.V2005, 2017: Version.V2017, 2025: Version.V2025}
_DEFAULTS = DeviceSpec(mn="", kind="")


class FleetFileError(ValueError):
    """The file, the device and the field that cannot be used."""


def write_fleet(path: Path, specs: Iterable[DeviceSpec]) -> None:
    """Write the devices so that ``read_fleet`` gives them back."""
    _write(path, {"synthetic": True, "devices": [_fleet_entry(spec) for spec in specs]})


def read_fleet(path: Path) -> list[DeviceSpec]:
    """The devices of a fleet file; FleetFileError names file, device and field."""
    tree = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(tree, dict) or not isinstance(tree.get("devices"), list):
        raise FleetFileError(f"{path}: expected a list under the name 'devices'")
    return [_spec(entry, f"{path}, device {n}") for n, entry in enumerate(tree["devices"], start=1)]


def write_devices(path: Path, specs: Iterable[DeviceSpec]) -> None:
    """Write the devices as a gateway's devices file (``telemetry.gateway.device_files``)."""
    _write(path, {"devices": [_registration(spec) for spec in specs]})


def _write(path: Path, tree: Mapping[str, Any]) -> None:
    text = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, "utf-8")


def _fleet_entry(spec: DeviceSpec) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for item in fields(DeviceSpec):
        value = getattr(spec, item.name)
        if value != getattr(_DEFAULTS, item.name):
            entry[item.name] = _plain(value)
    entry["version"] = int(spec.version.year)
    return entry


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, CrcDialect):
        return value.value
    if isinstance(value, Version):
        return int(value.year)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, DataFault):
        return {
            item.name: str(v) if item.name == "kind" else v
            for item in fields(DataFault)
            for v in [getattr(value, item.name)]
        }
    return value


def _spec(entry: Mapping[str, Any], where: str) -> DeviceSpec:
    known = {item.name for item in fields(DeviceSpec)}
    if unknown := entry.keys() - known:
        raise FleetFileError(f"{where}: unknown {', '.join(sorted(unknown))}")
    try:
        return DeviceSpec(
            **{name: _READ.get(name, _as_it_is)(value) for name, value in entry.items()}
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FleetFileError(f"{where}: {error}") from error


def _as_it_is(value: Any) -> Any:
    return value


def _faults(entries: Sequence[Mapping[str, Any]]) -> tuple[DataFault, ...]:
    return tuple(DataFault(**{**entry, "kind": DataFaultKind(entry["kind"])}) for entry in entries)


_READ: dict[str, Callable[[Any], Any]] = {
    "version": lambda year: _YEARS[year],
    "crc": CrcDialect,
    "key": bytes.fromhex,
    "factors": tuple,
    "reports": tuple,
    "faults": _faults,
}


def _registration(spec: DeviceSpec) -> dict[str, Any]:
    device = spec.registered()
    entry: dict[str, Any] = {
        "mn": device.mn,
        "password": device.password,
        "version": int(spec.version.year),
        "point_code": device.point_code,
        "system_type": spec.st,
        "realtime_seconds": device.realtime_seconds,
        "minute_minutes": device.minute_minutes,
        "factors": list(device.factors),
    }
    optional = {
        "surface_water": spec.surface_water,
        "crc": "" if spec.crc is CrcDialect.HJ212 else spec.crc.value,
        "encrypted": device.profile.encrypted,
        "keys": [key.hex() for key in device.profile.keys],
        "aliases": dict(device.aliases),
    }
    return entry | {name: value for name, value in optional.items() if value}
