"""Who takes the steps. Whoever investigated neither reviews nor presides nor decides (审查与办案分离).

A party takes its own steps in the portal (``PARTY``), where it sees of its case what ``party`` shows and no more;
officers enter what a party hands in on paper.
"""

from __future__ import annotations

from zhihuan.bureau.matters.declaration import Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import (
    CASE_REVIEWER,
    ENTERPRISE_USER,
    FIELD_OFFICER,
    LEADER,
    LEGAL_REVIEWER,
    SECTION_HEAD,
)

__all__ = [
    "APPROVER",
    "DECIDER",
    "DESK",
    "ENDORSER",
    "HEAD",
    "INVESTIGATION",
    "LAWYER",
    "LEADERSHIP",
    "OFFICER",
    "PARTY",
    "PRESIDER",
    "REVIEWER",
    "TWO",
    "lawyer",
]

#: Steps of investigating: who took one is an investigator of the case.
INVESTIGATION = ("ask_filing", "inspect", "question", "lock", "report")

OFFICER = Who({FIELD_OFFICER: Reach.TERRITORY})
#: 行政处罚法 §42: two, with certificates.
TWO = Who({FIELD_OFFICER: Reach.TERRITORY}, officers=2)
HEAD = Who({SECTION_HEAD: Reach.TERRITORY})
ENDORSER = Who({SECTION_HEAD: Reach.TERRITORY}, apart_from=("ask_filing",))
LEADERSHIP = Who({LEADER: Reach.CITY})
APPROVER = Who({LEADER: Reach.CITY}, apart_from=("ask_filing",))
REVIEWER = Who({CASE_REVIEWER: Reach.TERRITORY}, apart_from=INVESTIGATION)
#: 行政处罚法 §58(2): whoever does a legal review for the first time holds the legal qualification; the role says so.
LAWYER = Who({LEGAL_REVIEWER: Reach.TERRITORY}, apart_from=INVESTIGATION)


def lawyer(*apart_from: str) -> Who:
    """The same, apart from whoever took these steps of another procedure."""
    return Who(LAWYER.reaches, apart_from=apart_from)


#: 行政处罚法 §64(4): a hearing is presided over by somebody who did not investigate.
PRESIDER = Who(
    {CASE_REVIEWER: Reach.TERRITORY, LEGAL_REVIEWER: Reach.TERRITORY}, apart_from=INVESTIGATION
)
DECIDER = Who({LEADER: Reach.CITY}, apart_from=INVESTIGATION)
DESK = Who(
    {FIELD_OFFICER: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY}
)  #: The party itself, or an officer who enters what it hands in.
PARTY = Who({FIELD_OFFICER: Reach.TERRITORY, ENTERPRISE_USER: Reach.OWN})
