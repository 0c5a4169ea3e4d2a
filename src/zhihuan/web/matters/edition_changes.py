"""The dry run of a change of edition, for people: state, steps and time limits, as they are and as they would be."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.engine.rebasing import ClockChange, Rebasing
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.components.change import Change

__all__ = ["changes_of"]


def changes_of(matter: Matter, plan: Rebasing) -> list[Change]:
    """What is as it was is told too: whoever decides sees that it was looked at. Without a state to go on in
    there is nothing to tell."""
    return list(_changes(matter, plan)) if plan.state else []


def _changes(matter: Matter, plan: Rebasing) -> Iterator[Change]:
    yield Change(_("程序版本"), plan.source.edition, plan.target.edition)
    before, after = plan.source.state(matter.state).title, plan.target.state(plan.state).title
    yield Change(_("办理状态"), str(before), str(after))
    can = _("可以办理")
    for code in plan.steps_gone:
        yield Change(plan.source.step(code).title, can, "")
    for code in plan.steps_new:
        yield Change(plan.target.step(code).title, "", can)
    titles = {clock.code: clock.title for clock in (*plan.target.clocks, *plan.source.clocks)}
    for each in plan.clocks:
        yield Change(titles.get(each.row.code, each.row.code), _day(each.before), _after(each))


def _after(change: ClockChange) -> str:
    if change.lapses:
        return _("不再计时")
    day = _day(change.row.last_day)
    return _("%(day)s（暂定）") % {"day": day} if change.row.provisional else day


def _day(last_day: object) -> str:
    return _("%(day)s 届满") % {"day": last_day} if last_day else _("计时已中止")
