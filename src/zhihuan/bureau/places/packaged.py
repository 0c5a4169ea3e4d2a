"""Where a city's files lie. Imports nothing of Django, for the settings ask here."""

from __future__ import annotations

from pathlib import Path

_PACKAGED = Path(__file__).resolve().parent / "data"


def find_city(name_or_path: str) -> Path:
    """A packaged city by its division code, or a folder. ValueError when there is none."""
    folder = _PACKAGED / name_or_path
    if not (folder / "towns.csv").is_file():
        folder = Path(name_or_path)
    if not (folder / "towns.csv").is_file():
        raise ValueError(f"no city at {name_or_path!r}: a folder with towns.csv is needed")
    return folder
