"""Which files lie before the bureau after some steps of a matter, as their forms call them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.bureau.vault.fields import VaultFileField

__all__ = ["file_fields", "handed_in"]


def handed_in(
    procedure: Procedure, events: Iterable[MatterEvent], adding: Collection[str] = ()
) -> list[str]:
    """Labels in the order of the form. events: in their order; each hands in anew, but for steps in ``adding``, which
    bring what was missing."""
    found: dict[str, str] = {}
    order: list[str] = []
    for event in events:
        fields = file_fields(procedure.step(event.step))
        told = {name: str(each.label) for name, each in fields.items() if event.said.get(name)}
        found = found | told if event.step in adding else told
        order = list(fields)
    return [found[name] for name in order if name in found]


def file_fields(step: Step | None) -> dict[str, VaultFileField]:
    """The fields of a step's form that ask for a file."""
    form: Any = step.form if step is not None else None
    fields = form.base_fields if form is not None else {}
    return {name: each for name, each in fields.items() if isinstance(each, VaultFileField)}
