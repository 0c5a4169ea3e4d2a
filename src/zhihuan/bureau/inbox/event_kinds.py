"""What other systems can be told of clocks that end."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.events.kinds import EventKind

DUE_SOON = EventKind(
    "matter.due_soon",
    _("事项期限将至"),
    "A clock of a matter has reached a warning time: matter, procedure, clock, whose duty, last day.",
)
OVERDUE = EventKind(
    "matter.overdue",
    _("事项超期"),
    "A clock of a matter has ended unmet: matter, procedure, clock, whose duty, last day.",
)
