"""The ordinary procedure as the law lays it down, put together from its phases.

States and what leads from one to the next follow the procedure table of the trade (states.csv); 待告知 is added, for
what review passed on waits for its notice there, and publication goes beside.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.clocks import CLOCKS
from zhihuan.lines.enforcement.closing import CLOSING
from zhihuan.lines.enforcement.contesting import contesting
from zhihuan.lines.enforcement.decision import DECISION
from zhihuan.lines.enforcement.execution import carrying_out
from zhihuan.lines.enforcement.filing import FILING
from zhihuan.lines.enforcement.investigation import INVESTIGATION
from zhihuan.lines.enforcement.notice import NOTICE
from zhihuan.lines.enforcement.party import PARTY, PARTY_SHOWN
from zhihuan.lines.enforcement.review import REVIEW
from zhihuan.lines.enforcement.states import STATES
from zhihuan.lines.enforcement.taking_over import TAKING_OVER

__all__ = ["PENALTY_CASE"]

PENALTY_CASE = Procedure(
    code="penalty_case",
    title=_("行政处罚案件"),
    edition="2023",
    basis=Basis("生态环境行政处罚办法（部令第30号）", "", date(2023, 7, 1)),
    folder=__package__,
    model="enforcement.PenaltyCase",
    about=_(
        "发现之日起十五日内立案，立案之日起九十日内作出决定；调查人员不审查，告知期满方可决定。"
    ),
    states=STATES,
    begins="clue",
    steps=(
        *FILING,
        *TAKING_OVER,
        *INVESTIGATION,
        *REVIEW,
        *NOTICE,
        *DECISION,
        *carrying_out("pay", who.LAWYER),
        *contesting("pay", "close"),
        *PARTY,
        *CLOSING,
    ),
    clocks=CLOCKS,
    grows_from=(
        "clue",
        "inspection",
        "special_team",
        "simple_case",
        "correction_order",
        "observation",
        "daily_fine",
    ),
    party=PARTY_SHOWN,
)
