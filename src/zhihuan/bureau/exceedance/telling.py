"""Messages of the ladder: to the enterprise, to the branch, to those who answer for it.

One message a round to each enterprise and to each town, however many episodes. They tell counts, moments and the keys of the
episodes; whose outlets those are is read when somebody looks who may (``web.inbox``).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.inbox.models import Message
from zhihuan.bureau.inbox.telling import News, tell_all
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.holders import Place, Roster, nearest, roster_of
from zhihuan.bureau.people.roles import (
    DUTY_OFFICER,
    ENTERPRISE_USER,
    FIELD_OFFICER,
    SECTION_HEAD,
)

__all__ = ["tell_branch", "tell_firms", "tell_heads", "tell_raised", "tell_stuck"]

FIRM_EXCEEDS = _(
    "本企业有 %(count)s 个超标过程，请在 %(until)s 前逐个说明原因或标记数据，逾期由分局核实。"
)
FIRM_WARNED = _("本企业有 %(count)s 个污水小时值超过限值的预警过程，请及时检查处理设施。")
FIRM_RAISED = _("本企业有 %(count)s 个超标过程因大幅或反复超标已直接上报，请立即检查并说明原因。")
BRANCH_VERIFIES = _("辖区有 %(count)s 个超标过程待核实，请在 %(until)s 前核实。")
HEADS_OVERDUE = _("辖区有 %(count)s 个超标过程逾期未核实，请督办。")
RAISED_UP = _("有 %(count)s 个超标过程转为线索，请查看。")
STUCK = _("有 %(count)s 个超标过程应转线索而未能转出，平台将自动重试，原因见告警页面。")

#: So many episodes a message leads to; the desk has all.
_NAMED = 5
_FIRM = {ENTERPRISE_USER: Reach.OWN}
_BRANCH = {FIELD_OFFICER: Reach.TERRITORY}
_HEADS = {SECTION_HEAD: Reach.TERRITORY}
_UP = {DUTY_OFFICER: Reach.CITY, SECTION_HEAD: Reach.TERRITORY}
_WIDEST = _FIRM | _BRANCH | _UP


def tell_firms(episodes: Sequence[Episode]) -> set[int]:
    """Tell each enterprise of its episodes, which were just found; the keys of those whose enterprise has
    somebody to tell."""
    firms = _by(episodes, _firm)
    places = {firm: Place(path=rows[0].point.site.enterprise.path) for firm, rows in firms.items()}  # type: ignore[union-attr]
    roster = _roster(places.values())
    told, reached = [], set[int]()
    for firm, rows in firms.items():
        users = _users(roster, _FIRM, places[firm])
        reached |= {each.pk for each in rows if users}
        told += [(news, users) for news in _news_of_firm(rows)]
    tell_all(told)
    return reached


def tell_branch(episodes: Sequence[Episode]) -> None:
    """Tell the officers of each town what they have to verify."""
    _tell_towns(episodes, _BRANCH, BRANCH_VERIFIES)


def tell_heads(episodes: Sequence[Episode]) -> None:
    """Tell whoever answers for a town what its branch has not verified in time."""
    _tell_towns(episodes, _HEADS, HEADS_OVERDUE)


def tell_raised(episodes: Sequence[Episode]) -> None:
    """Tell the desk and the heads of the town of what went up and nobody took: one that became a matter was told of by that
    matter's own notice to the same people."""
    _tell_towns([each for each in episodes if each.clue_id is None], _UP, RAISED_UP)


def tell_stuck(episodes: Sequence[Episode]) -> None:
    """Tell the same people of what should have gone up and could not."""
    _tell_towns(episodes, _UP, STUCK)


def _tell_towns(episodes: Sequence[Episode], reaches: Mapping[str, Reach], words: Any) -> None:
    if not episodes:
        return
    towns = _by(episodes, lambda each: each.point.town_id)
    roster = _roster([Place(town=town) for town in towns])
    told = []
    for town, rows in towns.items():
        found = roster.holders(reaches, Place(town=town))
        near = nearest([each for each in found if each.role != DUTY_OFFICER])
        users = {each.user_id for each in near}
        users |= {each.user_id for each in found if each.role == DUTY_OFFICER}
        told.append((_news(words, rows), users))
    tell_all(told)


def _news_of_firm(rows: Sequence[Episode]) -> list[News]:
    kinds = {
        FIRM_WARNED: [each for each in rows if each.stage == Episode.Stage.WARNED],
        FIRM_EXCEEDS: [each for each in rows if each.stage == Episode.Stage.EXPLAINING],
        FIRM_RAISED: [each for each in rows if each.stage == Episode.Stage.RAISED],
    }
    return [_news(words, some) for words, some in kinds.items() if some]


def _news(words: Any, rows: Sequence[Episode]) -> News:
    due = min((each.due_at for each in rows if each.due_at), default=None)
    named = [each.pk for each in rows[:_NAMED]]
    facts = {"count": len(rows), "until": _shown(due) if due else "", "episodes": named}
    return News(Message.Kind.ALARM, words, facts=facts)


def _shown(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _firm(episode: Episode) -> Any:
    site = episode.point.site
    return site.enterprise_id if site else None


def _by(episodes: Iterable[Episode], key: Any) -> dict[Any, list[Episode]]:
    found: dict[Any, list[Episode]] = defaultdict(list)
    for each in episodes:
        if (name := key(each)) is not None:
            found[name].append(each)
    return found


def _roster(places: Iterable[Place]) -> Roster:
    return roster_of(_WIDEST, list(places))


def _users(roster: Roster, reaches: Mapping[str, Reach], place: Place) -> set[int]:
    return {each.user_id for each in roster.holders(reaches, place)}
