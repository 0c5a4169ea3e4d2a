"""Who takes the steps. Whoever investigated neither reviews nor presides nor decides (审查与办案分离), and nobody approves
what they asked for, endorsed or reviewed themselves.

Investigated is a case also by whoever inspected on site before there was one: in the inspection, the check of the clue or
another matter that the case belongs together with (``SEEN_ELSEWHERE``). Sources: 行政处罚法 §§42, 56–58, 64; 生态环境行政
处罚办法. That one person may not carry a file through every signature (审核、批准一人到底) is a finding of file reviews, not
read in a text: 待核.

A party takes its own steps in the portal (``PARTY``), where it sees of its case what ``party`` shows and no more;
officers enter what a party hands in on paper.
"""

from __future__ import annotations

from dataclasses import replace

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
    "CLOSER",
    "DECIDER",
    "DEFERRER",
    "DESK",
    "ENDORSER",
    "EXTENDER_OF_LEGAL",
    "HEAD",
    "HEAD_APART",
    "INVESTIGATION",
    "LATER",
    "LAWYER",
    "LEADERSHIP",
    "LOCKER",
    "OFFICER",
    "ON_THE_SPOT_CLOSER",
    "PARTY",
    "PRESIDER",
    "REPAIRER",
    "REPLIER",
    "REVIEWER",
    "SEEN_ELSEWHERE",
    "SORRY_JUDGE",
    "SUPERIOR",
    "TWO",
    "lawyer",
]

#: Steps of investigating: who took one is an investigator of the case.
INVESTIGATION = (
    "ask_filing", "inspect", "question", "tell_results", "lock", "settle_lock", "test", "appraise", "report",
)  # fmt: skip
#: The same of matters that a case belongs together with; lines know each other by code alone.
SEEN_ELSEWHERE = {
    "inspection": ("begin", "record", "interview", "sample", "photograph", "leave"),
    "clue": ("verify",),
    "penalty_case": INVESTIGATION,
    "simple_case": ("punish",),
    "special_team": ("progress",),
    "correction_order": ("propose", "check_corrected", "check_not"),
    "observation": ("propose", "check_good", "check_bad", "break_off"),
    "sealing": ("propose", "seal_at_once", "carry_out"),
    "production_limit": ("propose", "inspect", "look_good", "look_bad"),
    "daily_fine": ("propose",),
    "detention_transfer": ("propose",),
    "crime_transfer": ("report",),
}
#: Steps of reviewing, of the legal review and of what lowers a fine: who took one does not decide what follows from it.
_REVIEWED = (
    "review_to_legal", "review_to_discussion", "review_to_notice", "review_to_decision", "review_back", "reply",
    "reply_to_legal", "reply_back", "accept_apology", "refuse_apology",
)  # fmt: skip
_LEGAL = ("legal_to_discussion", "legal_to_notice", "legal_to_decision", "legal_back")
_LAW, _MEASURES = "行政处罚法", "生态环境行政处罚办法（部令第30号）"
_ONE_HAND = "案卷评查：审核、批准不得一人到底（待核）"


def _apart(reaches: dict[str, Reach], by: str, *steps: str) -> Who:
    """Not by an investigator of the case, wherever they investigated, nor by whoever took one of ``steps``."""
    return Who(
        reaches, apart_from=(*INVESTIGATION, *steps), apart_elsewhere=SEEN_ELSEWHERE, apart_by=by
    )


_HEADS, _LEADERS = {SECTION_HEAD: Reach.TERRITORY}, {LEADER: Reach.CITY}
_REVIEWERS = {CASE_REVIEWER: Reach.TERRITORY}
_LAWYERS = {LEGAL_REVIEWER: Reach.TERRITORY}
OFFICER = Who({FIELD_OFFICER: Reach.TERRITORY})
#: 行政处罚法 §42: two, with certificates.
TWO = Who({FIELD_OFFICER: Reach.TERRITORY}, officers=2)
#: Two who lock evidence away upon the approval of somebody else.
LOCKER = Who(
    {FIELD_OFFICER: Reach.TERRITORY},
    officers=2,
    apart_from=("approve_lock",),
    apart_by=f"{_LAW} §56",
)
HEAD = Who(_HEADS)
#: Ends what was looked into without a case.
HEAD_APART = Who(
    _HEADS, apart_from=("inspect", "question"), apart_elsewhere=SEEN_ELSEWHERE, apart_by=_MEASURES
)
ENDORSER = Who(_HEADS, apart_from=("ask_filing",), apart_by=f"{_MEASURES} §18；{_ONE_HAND}")
LEADERSHIP = Who(_LEADERS)
APPROVER = Who(
    _LEADERS, apart_from=("ask_filing", "endorse_filing"), apart_by=f"{_MEASURES} §18；{_ONE_HAND}"
)
#: Grants what the investigators of a case need: a lock, a suspension, more time, an end.
SUPERIOR = _apart(_LEADERS, f"{_LAW} §§56、60；{_MEASURES}")
#: Grants more time to file, to those who look into the clue.
LATER = Who(
    _LEADERS,
    apart_from=("ask_filing", "inspect", "question", "tell_results"),
    apart_elsewhere=SEEN_ELSEWHERE,
    apart_by=f"{_MEASURES} §18",
)
#: Grants more time for a legal review.
EXTENDER_OF_LEGAL = Who(_LEADERS, apart_from=_LEGAL, apart_by=_ONE_HAND)
REVIEWER = _apart(_REVIEWERS, _MEASURES)
#: Replies to a defence that somebody else took down.
REPLIER = _apart(_REVIEWERS, f"{_LAW} §45；{_MEASURES}", "state")
#: Says whether an apology lowers the fine; never who entered it.
SORRY_JUDGE = _apart(_REVIEWERS, f"粤环发〔2021〕7号；{_MEASURES}", "apologise")
#: 行政处罚法 §58(2): whoever does a legal review for the first time holds the legal qualification; the role says so.
LAWYER = _apart(_LAWYERS, f"{_LAW} §58")


def lawyer(*apart_from: str) -> Who:
    """The same, apart from whoever took these steps of another procedure."""
    return replace(LAWYER, apart_from=apart_from)


#: 行政处罚法 §64(4): a hearing is presided over by somebody who did not investigate.
PRESIDER = _apart(_REVIEWERS | _LAWYERS, f"{_LAW} §64")
#: 行政处罚法 §§57, 58: who is in charge looks at what others investigated and reviewed.
DECIDER = _apart(_LEADERS, f"{_LAW} §§57、58", *_REVIEWED, *_LEGAL)
#: Grants a deferral or instalments that somebody else applied for or entered.
DEFERRER = Who(_LEADERS, apart_from=("ask_deferral",), apart_by=f"{_LAW} §66")
#: Approves that a file is closed.
CLOSER = _apart(_LEADERS, _ONE_HAND, "recheck")
#: Ends what was punished on the spot and reported to the body (行政处罚法 §52).
ON_THE_SPOT_CLOSER = Who(_HEADS, apart_from=("punish",), apart_by=f"{_LAW} §52；{_ONE_HAND}")
#: Answers what somebody else asked for or entered.
REPAIRER = Who(_HEADS, apart_from=("ask",), apart_by=_ONE_HAND)
DESK = Who(
    {FIELD_OFFICER: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY}
)  #: The party itself, or an officer who enters what it hands in.
PARTY = Who({FIELD_OFFICER: Reach.TERRITORY, ENTERPRISE_USER: Reach.OWN})
