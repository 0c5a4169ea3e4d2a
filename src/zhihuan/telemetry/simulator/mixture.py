"""A fleet of mixed devices invented from a seed.

The shares are packaged data (``mixture.yaml``). Refuses to place devices anywhere: a city with
points and names is ``zhihuan.demo.city``.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

import yaml

from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.chance import seed_from
from zhihuan.telemetry.simulator.spec import DeviceSpec

__all__ = ["Speech", "device_number", "mixed_fleet", "sm4_key_for", "speech_for", "split_bytes"]

_VERSIONS = {2005: Version.V2005, 2017: Version.V2017, 2025: Version.V2025}


class Speech(NamedTuple):
    """How a device speaks. encrypted: "" for in clear."""

    version: Version
    surface_water: bool
    encrypted: Literal["", "raw", "text"]
    wants_ack: bool


def mixed_fleet(count: int, seed: int = 0, kinds: Sequence[str] = ()) -> list[DeviceSpec]:
    """``count`` devices of mixed kinds and editions; only of ``kinds`` when some are named."""
    shares = {kind: part for kind, part in _mixture()["kinds"].items() if kind in (kinds or _KINDS)}
    if not shares:
        raise ValueError(f"no such kinds: {', '.join(kinds)}; there are {', '.join(_KINDS)}")
    choice = random.Random(seed)  # noqa: S311 - reproducible on purpose
    drawn = choice.choices(list(shares), weights=list(shares.values()), k=count)
    return [_device(kind, seed, number) for number, kind in enumerate(drawn)]


def device_number(seed: int, number: int, version: Version = Version.V2017) -> str:
    """A device number (MN), different for every number of a seed: 24 hexadecimal characters, in
    2005 14 digits that begin with the city's code."""
    if version is Version.V2005:
        return f"442000{seed % 100:02d}{number:06d}"
    return f"{seed_from(seed, 'mn') & 0xFFFFFFFF:08X}{seed_from(seed, 'mn', number) >> 32:08X}{number:08X}"


def speech_for(kind: str, seed: int, number: int) -> Speech:
    """How this device speaks, drawn by the shares of its kind."""
    rows = _mixture()["speech"][kind]
    draw = random.Random(seed_from(seed, "speech", number))  # noqa: S311 - reproducible on purpose
    year, surface_water, encrypted, wants_ack, _part = draw.choices(
        rows, weights=[row[-1] for row in rows]
    )[0]
    return Speech(_VERSIONS[year], surface_water, encrypted, wants_ack)


def split_bytes(number: int) -> int:
    """How long a CP this device sends before it splits."""
    early = _mixture()["early_split"]
    return int(early["bytes"]) if number % early["every"] == early["every"] - 1 else 950


def sm4_key_for(seed: int, mn: str) -> bytes:
    """A device's SM4 key: 16 printable characters, as 1014 sets them. Predictable: never for real."""
    return f"{seed_from(seed, mn, 'sm4'):016X}".encode()


def _device(kind: str, seed: int, number: int) -> DeviceSpec:
    speech = speech_for(kind, seed, number)
    mn = device_number(seed, number, speech.version)
    return DeviceSpec(
        mn=mn,
        kind=kind,
        version=speech.version,
        surface_water=speech.surface_water,
        fleet_seed=seed,
        key=sm4_key_for(seed, mn) if speech.encrypted else None,
        cipher_form=speech.encrypted or "raw",
        wants_ack=speech.wants_ack,
        most_cp_bytes=split_bytes(number),
        name=f"模拟设备{number:05d}",
        point_code=f"SIM-{number:05d}",
    )


@cache
def _mixture() -> dict[str, Any]:
    file = resources.files("zhihuan.telemetry.simulator") / "mixture.yaml"
    mixture: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return mixture


_KINDS = tuple(_mixture()["kinds"])
