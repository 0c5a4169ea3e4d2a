"""What other systems can be told of exceedance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.events.kinds import EventKind

EPISODE_FOUND = EventKind(
    "exceedance.found",
    _("发现超标过程"),
    "An outlet exceeds a limit, or waste water warns: episode, point, factor, span, first hour, multiple.",
)
EPISODE_RAISED = EventKind(
    "exceedance.raised",
    _("超标转线索"),
    "An episode was raised as a clue: episode, point, factor, why.",
)
