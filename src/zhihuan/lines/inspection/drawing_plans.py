"""A plan on its way: a seed when it is opened, a promise, the draw and the visits it brings.

Effects of the engine, in the step's own transaction. What is drawn is never shown before it stands: there is no
preview and no second try.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.taking import open_matter, take
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.models import Organisation, User
from zhihuan.bureau.people.roles import SECTION_HEAD
from zhihuan.bureau.people.scope import scope_by
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.registry.sealing import seal, unseal
from zhihuan.lines.inspection.drawing import digest_of_list, draw
from zhihuan.lines.inspection.forms.planning import asked_by
from zhihuan.lines.inspection.models import Draw, InspectionPlan
from zhihuan.lines.inspection.roster import gathered

__all__ = ["keep_plan"]

_SEED_BYTES = 32


def keep_plan(taken: Taken) -> None:
    """An effect of every step; does nothing for matters that are no plans."""
    plan = taken.matter
    if not isinstance(plan, InspectionPlan):
        return
    code = taken.step.code if taken.step is not None else ""
    if act := _ACTS.get(code):
        act(plan, taken)


def _open(plan: InspectionPlan, _taken: Taken) -> None:
    Draw.objects.create(plan=plan, seed=seal(secrets.token_urlsafe(_SEED_BYTES)))


def _commit(plan: InspectionPlan, taken: Taken) -> None:
    said = taken.facts.said
    _refuse_beyond_reach(said["towns"], taken.acting.actor)
    found = gathered(asked_by(dict(said)), timezone.localdate())  # as the form judged
    if digest_of_list(found.roster) != said["roster_digest"]:
        raise StepRefusedError(_("名录刚刚有变动，请重新核对后提交。"))
    Draw.objects.filter(plan=plan).update(roster=found.roster, left_out=found.left_out)
    _keep(
        plan,
        kind=InspectionPlan.Kind.RANDOM,
        committed_at=taken.event.at,
        **{name: said[name] for name in ("commitment", "roster_digest", *_SAID)},
    )


def _draw(plan: InspectionPlan, taken: Taken) -> None:
    held, word = Draw.objects.get(plan=plan), taken.facts.said["public_word"]
    held.result = draw(held.roster, unseal(held.seed), word)
    held.save(update_fields=["result"])
    _keep(
        plan,
        public_word=word,
        witness=taken.facts.said["witness"],
        drawn_at=taken.event.at,
    )
    record(
        "inspection.draw", f"matter:{plan.pk}", actor=taken.acting.actor,
        address=taken.acting.address, commitment=plan.commitment,
        roster=plan.roster_digest, result=digest_of_list({"result": held.result}),
    )  # fmt: skip
    people = _officers(held)
    for each in held.result:
        officers = [people[code] for code in each["officers"]]
        _bring_visit(plan, each["object"], taken, officers)


def _target(plan: InspectionPlan, taken: Taken) -> None:
    said = taken.facts.said
    values = {name: said[name] for name in _SAID}
    _keep(plan, kind=InspectionPlan.Kind.TARGETED, **values)
    firms = Enterprise.objects.filter(code__in=said["firms"])
    _refuse_beyond_reach([each.town for each in firms.select_related("town")], taken.acting.actor)
    for code in said["firms"]:
        _bring_visit(plan, code, taken, [])


def _disclose(plan: InspectionPlan, taken: Taken) -> None:
    _keep(plan, disclosed_at=taken.event.at)


_SAID = ("purpose", "approval", "begins_on", "ends_on")
_ACTS = {"": _open, "commit": _commit, "draw": _draw, "target": _target, "disclose": _disclose}


def _bring_visit(plan: InspectionPlan, code: str, taken: Taken, officers: list[User]) -> None:
    """A visit of the plan; assigned at once where officers were drawn for it."""
    firm = Enterprise.objects.select_related("town").get(code=code)
    acting = Acting(taken.acting.actor, taken.acting.address, at=taken.event.at)
    visit = open_matter(
        "inspection",
        acting,
        title=f"{firm.name}{plan.get_kind_display()}",
        party=Organisation.objects.get(pk=firm.pk),
        town=firm.town,
        plan=plan,
        kind=plan.kind,
        synthetic=firm.synthetic,
    )
    if officers:
        take(visit, "assign", acting, Said(_assignment(plan, officers)), version=visit.version)


def _assignment(plan: InspectionPlan, officers: list[User]) -> dict[str, Any]:
    first, second = officers
    return {
        "kind": plan.kind,
        "reason": plan.purpose,
        "approval": plan.approval,
        "items": ["permit"],
        "visit_by": plan.ends_on,
        "officer_1": first.pk,
        "officer_2": second.pk,
    }


def _officers(held: Draw) -> dict[str, User]:
    codes = {code for each in held.result for code in each["officers"]}
    people = User.objects.filter(certificates__number__in=codes)
    return {code: people.get(certificates__number=code) for code in codes}


def _refuse_beyond_reach(towns: Any, actor: Any) -> None:
    scope = scope_by(actor, {SECTION_HEAD: Reach.TERRITORY})
    beyond = [each.name for each in towns if not scope.city and each.pk not in scope.towns]
    if beyond:
        words = _("%(towns)s不在您的辖区内，不能列入抽查范围。")
        raise StepRefusedError(words % {"towns": "、".join(beyond)})


def _keep(plan: InspectionPlan, **values: Any) -> None:
    for name, value in values.items():
        setattr(plan, name, value)
    InspectionPlan.objects.filter(pk=plan.pk).update(**values)
