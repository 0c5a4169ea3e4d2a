"""Episodes of exceedance, to be read; they are found by the platform and moved on its pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.exceedance.actions import VIEW
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Flag
from zhihuan.web.api.resource import Resource

EPISODES = Resource(
    name="episodes",
    single="episode",
    title=_("超标过程"),
    about="Exceeding hours or days of one factor at one outlet that belong together, and where they stand.",
    model=Episode,
    view=VIEW,
    key="id",
    attributes=(
        Attribute("id", is_written=False),
        Attribute("point", "point__code", refers_to="points"),
        *(
            Attribute(name, is_written=False)
            for name in (
                "factor", "span", "warning", "first_at", "end_at", "periods", "standing",
                "worst_at", "worst_value", "excess", "multiple", "limit_words", "basis", "large",
                "repeated", "late_mark", "stage", "outcome", "due_at", "found_at", "answered_at",
            )
        ),
    ),
    filters=(
        Among("point", "point__code"),
        Among("factor"),
        Among("span"),
        Among("stage"),
        Among("outcome"),
        Among("town", "point__town"),
        Among("enterprise", "point__site__enterprise__code"),
        Flag("warning"),
        Flag("late_mark"),
    ),
)  # fmt: skip
