"""This line's part of the synthetic city: plans in every standing, each called synthetic (模拟)."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from docx import Document

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.people.models import User
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.vault.keeping import keep_made
from zhihuan.lines.plan_filing.models import PlanFiling
from zhihuan.lines.plan_filing.rules import NOT_OURS, asked_papers

#: Days since a plan was handed in, its risk, and the steps since then, a day each. The last is due soon.
_STANDINGS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "L", ("submit",)),
    (4, "M", ("submit", "correct")),
    (9, "H", ("submit", "refuse")),
    (40, "M", ("submit", "file", "report_up")),
    (3 * 365 - 5, "L", ("submit", "file")),
)
_SAID = {"plan_level": "enterprise", "signer": "模拟签署人", "reported_to": ["city"]}
_WHY = {"missing": "缺环境应急资源调查报告（模拟）。", "reason": "放射性事故的预案（模拟）。", "ground": NOT_OURS}  # fmt: skip


def load(today: dt.date) -> None:
    """A plan of each standing at the first synthetic enterprises; loading twice changes nothing."""
    if PlanFiling.objects.filter(synthetic=True).exists():
        return
    paper, content = Document(), BytesIO()
    paper.add_paragraph("模拟文件，仅供演示。")
    paper.save(content)
    made = keep_made(content.getvalue(), "模拟文件.docx")
    papers = dict.fromkeys(asked_papers(False, today), made)
    firms = Enterprise.objects.filter(synthetic=True).order_by("code")
    for firm, (days, risk, steps) in zip(firms, _STANDINGS, strict=False):
        day = today - dt.timedelta(days)
        told = {"risk": risk, "signed_on": day, "refile_by": day + dt.timedelta(7)}
        _plan(firm, day, steps, _SAID | _WHY | papers | told)


def _plan(firm: Enterprise, day: dt.date, steps: tuple[str, ...], said: dict[str, Any]) -> None:
    who = [User.objects.get(username=name, synthetic=True) for name in ("registrar", "head")]
    at = dt.datetime.combine(day, dt.time(9), BEIJING)
    about = {"title": f"{firm.name}应急预案", "party": firm, "town": firm.town, "synthetic": True}
    plan = open_matter("plan_filing", Acting(who[0], at=at), **about)
    for number, step in enumerate(steps):
        acting = Acting(who[min(number, 1)], at=at + dt.timedelta(number))
        take(plan, step, acting, Said(said), version=plan.version)
