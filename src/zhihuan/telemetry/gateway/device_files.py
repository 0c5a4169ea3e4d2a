"""Reads the devices a gateway may serve from a YAML or CSV file.

YAML: a list under ``devices``; CSV: one device a line, the same names as columns. Only ``mn`` is
required::

    devices:
      - mn: "010000A8900016F000169DC0"
        password: "123456"
        version: 2017          # 2005, 2017, 2025; leave out to go by each frame's Flag
        crc: hj212             # hj212, modbus, modbus-swapped, off
        aliases: {PM25: a34004}
        realtime_seconds: 30
        minute_minutes: 10

It refuses unknown names: a misspelt ``pasword`` must not switch the password check off.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from zhihuan.hj212 import CrcDialect, DeviceProfile, Version
from zhihuan.telemetry.ports import RegisteredDevice

__all__ = ["DeviceFileError", "read_devices"]

_VERSIONS = {"2005": Version.V2005, "2017": Version.V2017, "2025": Version.V2025}
_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}


class DeviceFileError(ValueError):
    """The file, the entry and the field that cannot be used, and what it should be."""


def read_devices(path: Path) -> dict[str, RegisteredDevice]:
    """All devices of the file by MN. Raises DeviceFileError."""
    devices: dict[str, RegisteredDevice] = {}
    for number, entry in enumerate(_entries(path), start=1):
        device = _device(entry, f"{path}, device {number}")
        if device.mn in devices:
            raise DeviceFileError(f"{path}, device {number}: mn {device.mn!r} is there twice")
        devices[device.mn] = device
    return devices


def _entries(path: Path) -> Iterable[Mapping[str, Any]]:
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DeviceFileError(f"{path}: not YAML: {error}") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("devices"), list):
        raise DeviceFileError(f"{path}: expected a list under the name 'devices'")
    return list(tree["devices"])


def _device(entry: Mapping[str, Any], where: str) -> RegisteredDevice:
    if not isinstance(entry, Mapping):
        raise DeviceFileError(f"{where}: expected names and values, got {entry!r}")
    fields = dict(entry)
    profile = _profile(fields, where)
    known: dict[str, Any] = {"profile": profile}
    for name, convert in _FIELDS.items():
        if name in fields:
            known[name] = _converted(fields.pop(name), convert, f"{where}: {name}")
    if fields:
        raise DeviceFileError(f"{where}: unknown {', '.join(sorted(fields))}; known: {_KNOWN}")
    if not known.get("mn"):
        raise DeviceFileError(f"{where}: mn is missing; it names the device")
    return RegisteredDevice(**known)


def _profile(fields: dict[str, Any], where: str) -> DeviceProfile:
    settings: dict[str, Any] = {}
    for name, convert in _PROFILE_FIELDS.items():
        if name in fields:
            settings[name] = _converted(fields.pop(name), convert, f"{where}: {name}")
    return DeviceProfile(**settings)


def _converted(value: Any, convert: Any, where: str) -> Any:
    try:
        return convert(value)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise DeviceFileError(f"{where} cannot be {value!r} ({_expected(convert)})") from error


def _expected(convert: Any) -> str:
    return str(convert.__doc__ or convert.__name__)


def _text(value: Any) -> str:
    """text in quotes, so that leading zeros stay"""
    if not isinstance(value, str):
        raise TypeError(value)
    return value.strip()


def _version(value: Any) -> Version:
    """2005, 2017 or 2025"""
    return _VERSIONS[str(value)]


def _crc(value: Any) -> CrcDialect:
    """hj212, modbus, modbus-swapped or off"""
    if value is False:  # YAML reads a bare off as false
        return CrcDialect.OFF
    return CrcDialect(value)


def _truth(value: Any) -> bool:
    """true or false"""
    word = str(value).lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(value)
    return word in _TRUE


def _whole(value: Any) -> int:
    """a whole number above zero"""
    number = int(value)
    if number <= 0:
        raise ValueError(value)
    return number


def _aliases(value: Any) -> dict[str, str]:
    """vendor code: standard code; in CSV PM25=a34004 O3=a05024"""
    if isinstance(value, str):
        value = dict(pair.split("=") for pair in value.split())
    return {_text(old): _text(new) for old, new in value.items()}


def _codes(value: Any) -> tuple[str, ...]:
    """a list of factor codes; in CSV separated by blanks"""
    return tuple(value.split()) if isinstance(value, str) else tuple(map(_text, value))


def _keys(value: Any) -> tuple[bytes, ...]:
    """up to two SM4 keys of 16 bytes as 32 hex digits, newest first"""
    texts = value.split() if isinstance(value, str) else value
    keys = tuple(map(bytes.fromhex, texts))
    if len(keys) > 2 or any(len(key) != 16 for key in keys):
        raise ValueError("keys")
    return keys


_FIELDS = {
    "mn": _text,
    "password": _text,
    "aliases": _aliases,
    "enabled": _truth,
    "point_code": _text,
    "realtime_seconds": _whole,
    "minute_minutes": _whole,
    "factors": _codes,
    "system_type": _text,
    "logger_id": _text,
}
_PROFILE_FIELDS = {
    "version": _version,
    "crc": _crc,
    "surface_water": _truth,
    "lenient": _truth,
    "lenient_length": _truth,
    "encrypted": _truth,
    "keys": _keys,
}
_KNOWN = ", ".join([*_FIELDS, *_PROFILE_FIELDS])
