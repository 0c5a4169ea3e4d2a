"""Files that a step's form asked for become evidence of the matter, in the step's own transaction."""

from __future__ import annotations

from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.vault.evidence.adding import add_evidence, is_outside
from zhihuan.bureau.vault.evidence.handed_in import file_fields
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.bureau.vault.models import Evidence, StoredFile

__all__ = ["add_given_files"]

_Obtained = Evidence.Obtained


def add_given_files(taken: Taken) -> None:
    """An effect of every step: each file said in it, by the field that asked."""
    for name, field in file_fields(taken.step).items():
        stored = taken.facts.said.get(name)
        if isinstance(stored, StoredFile):
            _add(taken, field, stored)


def _add(taken: Taken, field: VaultFileField, stored: StoredFile) -> None:
    outside = is_outside(taken.acting.actor)
    exif = stored.content.facts.get("exif", {})
    add_evidence(
        taken.matter,
        stored,
        taken.acting,
        kind=field.evidence,
        title=str(taken.facts.said.get(field.titled_by) or field.label or stored.name)[:200],
        obtained=_Obtained.GIVEN if outside else _Obtained.TAKEN if exif else _Obtained.OTHER,
        event=taken.event,
    )
