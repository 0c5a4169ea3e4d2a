"""What is asked when an unpaid consecutive-day fine goes on as a case: nothing that its own matter says already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.enforcement.forms.fields import day, line, money, text

__all__ = ["DAILY_FINE", "TakeOverForm", "daily_fine_of"]

#: The procedure out of whose matters such a case grows; lines know each other by code alone.
DAILY_FINE = "daily_fine"
_HINT = _("据按日连续处罚事项，不能填写。")


def daily_fine_of(matter: Matter) -> Matter | None:
    """The consecutive-day fine that this case grew out of; None: it grew out of none."""
    links = matter.links.filter(kind="spawned_by", other__procedure=DAILY_FINE)
    link = links.select_related("other").order_by("-pk").first()
    return link.other if link is not None else None


class TakeOverForm(MatterForm):
    """The decision, as the matter of the consecutive-day fine has it."""

    number = line(_("按日连续处罚决定书文号"), _HINT, required=False, disabled=True)
    fine = money(_("罚款（元）"), _HINT, required=False, disabled=True)
    decided_on = day(_("决定日期"), _HINT, required=False, disabled=True)
    served_on = day(_("送达日期"), _HINT, required=False, disabled=True)
    unpaid = text(_("未缴情况"), _("已缴的另行登记；写明催缴经过。"))

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        origin = daily_fine_of(matter)
        known = dict(_told(origin)) if origin is not None else {}
        super().__init__(*args, matter=matter, initial=known, **more)


def _told(origin: Matter) -> Iterator[tuple[str, Any]]:
    """Number, amount and days, from the events of the fine."""
    for event in origin.events.order_by("number"):
        if event.step == "propose":
            yield "fine", event.said.get("amount")
        elif event.step == "decide":
            yield "decided_on", beijing_day(event.at)
            made = event.documents.select_related("number").first()
            yield "number", str(made.number) if made is not None and made.number else ""
        elif event.step == "served":
            yield "served_on", datetime.fromisoformat(event.said["happened"]).date()
