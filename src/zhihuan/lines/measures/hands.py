"""Who takes the steps of measures. Whoever proposed one does not decide it, and who approved does not carry it out.

What is a penalty, or says that there is none, is decided and heard by nobody who investigated it in another matter either
(审查与办案分离, 行政处罚法 §§57, 64): ``everywhere``. Sealing must wait for no other officer than the law asks for (行政强制法
§§18, 19), so there the matter itself is all that counts.
"""

from __future__ import annotations

from zhihuan.bureau.matters.declaration import Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER, LEADER, SECTION_HEAD

__all__ = [
    "DESK",
    "FIRM",
    "HEADS",
    "INVESTIGATED",
    "OFFICER",
    "PAIR",
    "PLATFORM",
    "TOLD",
    "head",
    "leader",
    "pair",
]

_OFFICER = {FIELD_OFFICER: Reach.TERRITORY}
OFFICER = Who(_OFFICER)
#: Two with valid certificates act together.
PAIR = Who(_OFFICER, officers=2)
#: The party itself, in its portal; an officer enters what it hands in on paper.
FIRM = Who({ENTERPRISE_USER: Reach.OWN, **_OFFICER})
PLATFORM = Who(platform=True)
#: Who is told of what waits to be decided or done.
DESK, HEADS = (FIELD_OFFICER,), (SECTION_HEAD,)
TOLD = (*DESK, *HEADS)


#: Steps by which others looked into what a measure is about, by procedure; lines know each other by code alone.
INVESTIGATED = {
    "inspection": ("begin", "record", "interview", "sample", "photograph", "leave"),
    "clue": ("verify",),
    "penalty_case": (
        "ask_filing", "inspect", "question", "tell_results", "lock", "settle_lock", "test", "appraise", "report", "recheck",
    ),
    "simple_case": ("punish",),
    "special_team": ("progress",),
    "correction_order": ("propose", "check_corrected", "check_not"),
    "sealing": ("propose", "seal_at_once", "carry_out"),
    "production_limit": ("propose", "inspect", "look_good", "look_bad"),
    "daily_fine": ("propose",),
    "observation": ("propose", "check_good", "check_bad", "break_off"),
}  # fmt: skip
#: Not read in a text; a finding of file reviews.
_ONE_HAND = "案卷评查：提出与批准不得为同一人（待核）"


def pair(*apart_from: str, by: str) -> Who:
    """Two with valid certificates, none of whom took one of these steps. by: the law that asks for it."""
    return Who(_OFFICER, officers=2, apart_from=apart_from, apart_by=by)


def head(*apart_from: str, by: str = "", everywhere: bool = False) -> Who:
    """Whoever answers for the bureau or for the branch that acts in its own name (法典 §53). by: the law that keeps
    them apart from whoever took these steps; everywhere: and from who investigated in another matter."""
    heads = {SECTION_HEAD: Reach.TERRITORY, LEADER: Reach.CITY}
    return _apart(heads, apart_from, by, everywhere)


def leader(*apart_from: str, by: str = "", everywhere: bool = False) -> Who:
    """The bureau's leaders alone."""
    return _apart({LEADER: Reach.CITY}, apart_from, by, everywhere)


def _apart(reaches: dict[str, Reach], steps: tuple[str, ...], by: str, everywhere: bool) -> Who:
    return Who(
        reaches,
        apart_from=steps,
        apart_elsewhere=INVESTIGATED if everywhere else {},
        apart_by=(by or _ONE_HAND) if steps else "",
    )
