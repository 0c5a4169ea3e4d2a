"""Matters about an enterprise, as happenings: when each was opened, where it stands now. Their course is told on
their own pages, to those who may read it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from zhihuan.bureau.matters.catalogue import UnknownProcedureError
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.bureau.timeline.happening import Happening, Place, Subject
from zhihuan.bureau.timeline.rows import key_of, rows_after
from zhihuan.bureau.timeline.source import Source

CODE = "matter"


def read(subject: Subject, place: Place | None, most: int) -> list[Happening]:
    """Those the reader may look at; one query."""
    if subject.reader is None:
        return []
    mine = seen_by(subject.reader).filter(party=subject.organisation)
    rows = rows_after(mine.select_related("party"), "opened_at", CODE, place, most)
    return [_happening(each, subject.reader) for each in rows]


def _happening(matter: Matter, reader: Any) -> Happening:
    procedure, state = _named(matter, reader)
    return Happening(
        at=matter.opened_at,
        source=CODE,
        key=key_of(matter.pk),
        title=f"{procedure} · {state}",
        words=matter.title,
        tone="done" if matter.ended_at else "ongoing",
        link=("matter", str(matter.pk)),
    )


def _named(matter: Matter, reader: Any) -> tuple[str, str]:
    """The procedure and the state in words, as far as the reader is shown it; their codes where the line is not
    installed any more."""
    try:
        sight = sight_of(reader, matter)
        return str(sight.procedure.title), str(sight.state_title(matter.state))
    except (UnknownProcedureError, KeyError):
        return matter.procedure, matter.state


SOURCE = Source(CODE, gettext_lazy("事项"), "registry.view_enterprise", read)
