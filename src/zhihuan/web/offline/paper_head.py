"""What stands at the head of the PDF that a phone makes of a signed record; the rest is the form's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import User

__all__ = ["PaperHead", "paper_head"]


@dataclass(frozen=True, slots=True)
class PaperHead:
    """title: of the record. lead: a line each for the office, the party, the matter."""

    title: Any
    lead: str


def paper_head(step: Step, matter: Matter, officer: User) -> PaperHead:
    """The record has the name of the document that the step makes, where it makes one."""
    title = step.documents[0].title if step.documents else step.title
    party = matter.party
    code = _("，统一社会信用代码 %(code)s") % {"code": party.credit_code} if party and party.credit_code else ""  # fmt: skip
    lines = [
        _("执法机关：%(name)s") % {"name": officer.organisation.name}
        if officer.organisation
        else "",
        _("当事人：%(name)s%(code)s") % {"name": party.name, "code": code} if party else "",
        _("事项：%(title)s（第 %(number)s 号）") % {"title": matter.title, "number": matter.pk},
        _("模拟数据，仅供演示，不是真实的执法文书。") if matter.synthetic else "",
    ]
    return PaperHead(title, "\n".join(line for line in lines if line))
