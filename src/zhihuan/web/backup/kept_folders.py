"""Folders of the home, beside the databases, that a backup keeps.

An app whose files lie in the home says so in its ``AppConfig``::

    class EvidenceConfig(AppConfig):
        kept_folders = ("evidence",)

Files are copied while the platform runs. They are expected to be written once and never changed (a
file named by its hash); one that does change is copied as it was found. Refuses names that lead out
of the home.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from django.apps import apps

from zhihuan.web.backup.parts import Progress, copy_synced

#: State that lies in the home itself: where statistics went on, roots sealed by the command.
HOME_FILES = ("statistics.json", "seals.jsonl")


def kept_folders() -> list[str]:
    """The declared folders, each once."""
    named = {name for app in apps.get_app_configs() for name in getattr(app, "kept_folders", ())}
    if wrong := sorted(name for name in named if not _inside(name)):
        raise ValueError(f"kept_folders names {wrong[0]!r}, which leads out of the home")
    return sorted(named)


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and bool(path.parts) and ".." not in path.parts


def save(home: Path, folder: Path, names: list[str], progress: Progress) -> None:
    """Copy the folders and the home's own files into ``folder``."""
    sources = [path for name in names for path in (home / name).rglob("*") if path.is_file()]
    sources += [home / name for name in HOME_FILES if (home / name).is_file()]
    for number, path in enumerate(sources, start=1):
        copy_synced(path, folder / path.relative_to(home))
        progress("files", number, len(sources))


def load(folder: Path, home: Path) -> int:
    """Copy everything back; how many files."""
    sources = [path for path in folder.rglob("*") if path.is_file()]
    for path in sources:
        copy_synced(path, home / path.relative_to(folder))
    return len(sources)
