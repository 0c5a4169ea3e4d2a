"""What lies in a journal's folder: rows on their way, and what was put aside for somebody to look at.

``.journal`` waits for the engine; ``.refused`` is one acknowledged write that the engine would not
take; ``.damaged`` is a file with a hole in it, whose readable records the engine has. Looking needs
no store and disturbs none. Refuses to delete anything but a refused write the engine has taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from zhihuan.telemetry.store.errors import StoreError
from zhihuan.telemetry.store.journal.record import TableRows, read_segment

__all__ = ["KINDS", "Leftover", "apply_refused", "leftovers", "totals"]

KINDS = {"waiting": ".journal", "refused": ".refused", "damaged": ".damaged"}


@dataclass(frozen=True, slots=True)
class Leftover:
    """One file. kind: a name of ``KINDS``. modified: epoch seconds."""

    path: Path
    kind: str
    bytes: int
    modified: float

    def tables(self) -> dict[str, int]:
        """Rows by table of the records that can be read."""
        found: dict[str, int] = {}
        for record in read_segment(self.path.read_bytes()).records:
            for each in record:
                found[each.table] = found.get(each.table, 0) + each.rows.num_rows
        return found


class _TakesTables(Protocol):
    def insert_tables(self, tables: list[TableRows]) -> None: ...


def leftovers(folder: Path) -> list[Leftover]:
    """The files of a journal's folder by name; [] when there is none. Files that go away while one
    looks are left out."""
    of_suffix = {suffix: kind for kind, suffix in KINDS.items()}
    found: list[Leftover] = []
    for path in sorted(folder.glob("*")):
        kind = of_suffix.get(path.suffix)
        try:
            about = path.stat()
        except FileNotFoundError:
            continue
        if kind is not None:
            found.append(Leftover(path, kind, about.st_size, about.st_mtime))
    return found


def totals(folder: Path) -> dict[str, tuple[int, int]]:
    """Files and bytes of each kind."""
    files = leftovers(folder)
    sizes = {kind: [each.bytes for each in files if each.kind == kind] for kind in KINDS}
    return {kind: (len(each), sum(each)) for kind, each in sizes.items()}


def apply_refused(engine: _TakesTables, refused: Leftover) -> str:
    """Give a refused write to the engine once more; "" when it is there now (the file is gone then),
    else why not. Giving it twice makes no second row."""
    if refused.kind != "refused":
        raise ValueError(f"{refused.path} is {refused.kind}; only refused writes are given again")
    found = read_segment(refused.path.read_bytes())
    if found.damaged or not found.records:
        return "the file does not read"
    try:
        for record in found.records:
            engine.insert_tables(record)
    except (StoreError, ValueError, RuntimeError) as error:
        return str(error) or repr(error)
    refused.path.unlink()
    return ""
