"""Episodes of an enterprise's outlets, as happenings."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.exceedance.actions import VIEW
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.timeline.happening import Happening, Place, Subject
from zhihuan.bureau.timeline.rows import key_of, rows_after
from zhihuan.bureau.timeline.source import Source
from zhihuan.hj212.codes import factor as look_up

CODE = "episode"
_TONES = {Episode.Stage.CLOSED: "done", Episode.Stage.RAISED: "danger"}


def read(subject: Subject, place: Place | None, most: int) -> list[Happening]:
    """Those the reader may look at; one query."""
    rows = Episode.objects.filter(point__site__enterprise=subject.organisation)
    seen = scope_of(subject.reader, VIEW).filter(rows.select_related("point").defer("derivation"))
    return [_happening(each) for each in rows_after(seen, "first_at", CODE, place, most)]


def _happening(row: Episode) -> Happening:
    known = look_up(row.factor)
    return Happening(
        at=row.first_at,
        source=CODE,
        key=key_of(row.pk),
        title=_("超标：%(point)s %(factor)s · %(stage)s")
        % {
            "point": row.point.name,
            "factor": known.name if known else row.factor,
            "stage": row.get_outcome_display() if row.outcome else row.get_stage_display(),
        },
        words=row.limit_words,
        tone=_TONES.get(Episode.Stage(row.stage), "warning"),
        link=("alarm", str(row.pk)),
    )


SOURCE = Source(CODE, gettext_lazy("超标过程"), VIEW, read)
