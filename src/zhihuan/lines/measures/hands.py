"""Who takes the steps of measures. Whoever proposed one does not decide it (审查与办案分离)."""

from __future__ import annotations

from zhihuan.bureau.matters.declaration import Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER, LEADER, SECTION_HEAD

__all__ = ["DESK", "FIRM", "HEADS", "OFFICER", "PAIR", "PLATFORM", "TOLD", "head", "leader"]

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


def head(*apart_from: str) -> Who:
    """Whoever answers for the bureau or for the branch that acts in its own name (法典 §53)."""
    heads = {SECTION_HEAD: Reach.TERRITORY, LEADER: Reach.CITY}
    return Who(heads, apart_from=apart_from)


def leader(*apart_from: str) -> Who:
    """The bureau's leaders alone."""
    return Who({LEADER: Reach.CITY}, apart_from=apart_from)
