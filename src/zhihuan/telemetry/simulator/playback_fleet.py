"""Devices that play recordings, from what the command line says.

Refuses to mix: a file is played under one map.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.mixture import device_number
from zhihuan.telemetry.simulator.plant import Plant
from zhihuan.telemetry.simulator.playback import (
    PlaybackError,
    RecordedPlant,
    packaged_maps,
    read_map,
    read_recordings,
)
from zhihuan.telemetry.simulator.spec import DeviceSpec

__all__ = ["playing_devices"]

_MOST_STATIONS = 200


def playing_devices(
    plays: Sequence[str], default_map: str | None, anchor: int, seed: int
) -> tuple[list[DeviceSpec], dict[str, Plant]]:
    """Devices for ``map=file.csv`` texts (or ``file.csv`` with a default map), and their plants.

    A file with many stations gives a device for each, 200 at most. anchor: the simulated moment at
    which every recording begins.
    """
    specs: list[DeviceSpec] = []
    plants: dict[str, Plant] = {}
    for text in plays:
        name, path = _split(text, default_map)
        playback_map = read_map(name)
        for recording in read_recordings(path, playback_map)[:_MOST_STATIONS]:
            mn = device_number(seed, 0xE000_0000 + len(specs))
            plant = RecordedPlant(playback_map, recording, anchor)
            plants[mn] = plant
            label = recording.station or path.stem
            specs.append(
                DeviceSpec(
                    mn=mn,
                    kind=playback_map.kind,
                    version=Version.V2017,
                    name=f"回放·{playback_map.title}·{label}",
                    point_code=f"PLAY-{len(specs):04d}",
                    factors=plant.factors,
                    reports=playback_map.reports,
                    minute_minutes=playback_map.minute_minutes,
                    fleet_seed=seed,
                )
            )
    return specs, plants


def _split(text: str, default_map: str | None) -> tuple[str, Path]:
    name, found, file = text.partition("=")
    if not found:
        name, file = default_map or "", text
    elif default_map:
        name = default_map
    if not name:
        raise PlaybackError(
            f"--play {text}: say which map, as in --play noise_1min={text}; "
            f"packaged are {', '.join(packaged_maps())}"
        )
    path = Path(file)
    if not path.is_file():
        raise PlaybackError(f"--play {text}: there is no file {path}")
    return name, path
