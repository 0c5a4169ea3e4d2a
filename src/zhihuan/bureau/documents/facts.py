"""What a template is told: plain facts of a matter and of the step that makes the document.

    matter     title, opened_at, and what the line's own model has
    party      name, credit_code ("" where the matter has no party)
    town       name
    issuer     name, mark, government (where a review is applied for)
    step       code, title, at, actor, officers [{name, certificate}]
    said       step → what its form was told the last time it was taken: said.submit.level
    done       step → who took it the last time, and when: done.file.actor, done.file.at, done.file.officers
    document   title, number, day

Days and moments are ISO text, amounts text, records their names. A line that has more to tell gives its model a
method ``document_facts()`` that returns a mapping of plain values; it stands beside as ``line``. What hangs on the
day on which the document is made (the law of that day) comes from a method ``document_facts_on(day)``, what the
present step itself tells beyond its plain answers from ``document_facts_told(answers)``. Two names have a meaning:
``persons`` and ``addresses``, lists of what a published copy must hide. A fact that must not lie in the database in clear
is a ``sealed`` one (``sealing``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.issuing import government_above, mark_of
from zhihuan.bureau.matters.declaration import Document, Step
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.models import Organisation

__all__ = ["document_facts", "issuer_facts", "matter_facts"]

_BASE = {field.name for field in Matter._meta.fields}
_TOLD_OF_BASE = ("title", "opened_at", "procedure", "edition")


def matter_facts(
    matter: Matter,
    step: Step,
    events: Iterable[MatterEvent],
    issuer: Mapping[str, str],
    answers: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """All facts but those of one document. events: with the present one last. issuer: its facts. answers: what the form of
    the present step made of what was told, as Python values."""
    told = list(events)
    present = told[-1]
    own = [field.name for field in matter._meta.concrete_fields if field.name not in _BASE]
    return {
        "matter": {name: _plain(matter, name) for name in (*_TOLD_OF_BASE, *own)},
        "party": _body(matter.party),
        "town": {"name": matter.town.name if matter.town else ""},
        "issuer": dict(issuer),
        "step": {
            "code": step.code,
            "title": str(step.title),
            "at": present.at.isoformat(),
            "actor": present.actor_name,
            "officers": [dict(each) for each in present.officers],
        },
        "said": {event.step: _said(event) for event in told},
        "done": {event.step: _done(event) for event in told},
        "line": {
            **_line(matter),
            **_line_on(matter, beijing_day(present.at)),
            **_line_told(matter, answers or {}),
        },
    }


def _said(event: MatterEvent) -> dict[str, Any]:
    return {name: _whole(value) for name, value in event.said.items()}


def _whole(value: Any) -> Any:
    """A float that is a whole number without its “.0”, which no document says."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _done(event: MatterEvent) -> dict[str, Any]:
    return {
        "actor": event.actor_name,
        "at": event.at.isoformat(),
        "officers": [dict(each) for each in event.officers],
    }


def issuer_facts(issuer: Organisation) -> dict[str, str]:
    """Its name, mark and the government above it; mark "" for a branch without one: only its numbers cannot do
    without."""
    try:
        mark = mark_of(issuer)
    except DocumentError:
        mark = ""
    return {"name": issuer.name, "mark": mark, "government": government_above()}


def document_facts(document: Document, number: str, at: datetime) -> dict[str, str]:
    """The facts of the document itself."""
    return {"title": str(document.title), "number": number, "day": beijing_day(at).isoformat()}


def _body(body: Organisation | None) -> dict[str, str]:
    if body is None:
        return {"name": "", "credit_code": ""}
    return {"name": body.name, "credit_code": body.credit_code}


def _line(matter: Matter) -> Mapping[str, Any]:
    tell = getattr(matter, "document_facts", None)
    return tell() if tell is not None else {}


def _line_on(matter: Matter, day: date) -> Mapping[str, Any]:
    tell = getattr(matter, "document_facts_on", None)
    return tell(day) if tell is not None else {}


def _line_told(matter: Matter, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    tell = getattr(matter, "document_facts_told", None)
    return tell(answers) if tell is not None else {}


def _plain(matter: Matter, name: str) -> Any:
    field: models.Field[Any, Any] = matter._meta.get_field(name)  # type: ignore[assignment]
    value = getattr(matter, field.name, None)
    if value is None or isinstance(value, bool | int | str):
        return getattr(matter, f"get_{name}_display")() if field.choices and value else value
    return value.isoformat() if hasattr(value, "isoformat") else str(_whole(value))
