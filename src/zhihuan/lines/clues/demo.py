"""This line's part of the synthetic city: clues of every source in every standing, each called synthetic (模拟)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
from zhihuan.bureau.people.models import EnforcementCertificate, Organisation, User
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.vault.evidence.adding import add_evidence
from zhihuan.bureau.vault.keeping import keep_made
from zhihuan.lines.clues.models import Clue, Informant

_SAID: dict[str, dict[str, Any]] = {
    "accept": {"consequence": "L4", "tier": "B", "reasons": "数据连续、无标记（模拟）。"},
    "doubt": {"lacking": "近三日运维记录（模拟）。", "reasons": "单凭数值不能判断（模拟）。"},
    "innocent": {"cause": "maintenance", "reasons": "比对运维记录，当时在校准（模拟）。"},
    "dispatch": {"tasks": "查看治污设施与在线监测站房，调取当日台账（模拟）。"},
    "verify": {"facts": "治污设施停运，排放口有明显异色（模拟）。"},
    "to_case": {"act": "超标排放污染物", "reasons": "有初步证据，属本机关管辖（模拟）。"},
    "refute": {"reason": "现场未见异常，采样达标（模拟）。"},
    "archive": {},
}
_ROWS = b"factor,hour_begins,value\nw01018,2026-03-03T01:00:00+08:00,132\nw01018,2026-03-03T02:00:00+08:00,129\n"


def load(today: dt.date) -> None:
    """The clues of ``demo.yaml`` at firms whose branch has an officer who may check; loading twice changes
    nothing."""
    if Clue.objects.filter(synthetic=True).exists():
        return
    told = yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))
    places, made = _Places(today), []
    for number, entry in enumerate(told):
        made.append(_clue(entry, places, entry.get("merged_into", number)))
        if (other := entry.get("merged_into")) is not None:
            said = {"into": made[other].pk, "reasons": "同一超标过程（模拟）。"}
            _take(made[-1], "merge", Acting(places.duty, at=places.nine(0)), said)


class _Places:
    """Firms with the branch and the officer of their town, and the people of the bureau."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        people = User.objects.filter(synthetic=True)
        self.duty, self.head = (people.get(username=name) for name in ("duty", "head"))
        held = EnforcementCertificate.objects.filter(
            user__synthetic=True, issued__lte=today - dt.timedelta(60), expires__gte=today
        )
        self.officers = [
            each.user for each in held.select_related("user__organisation").order_by("pk")
        ]
        self._firms = [each for each in self._with_officer() if each]

    def _with_officer(self) -> list[tuple[Enterprise, Organisation, Any] | None]:
        by_place = {each.organisation_id: each for each in self.officers}
        firms = Enterprise.objects.filter(synthetic=True).select_related("town").order_by("code")
        return [self._of(firm, by_place) for firm in firms]

    def _of(self, firm: Enterprise, by_place: Mapping[int, Any]) -> Any:
        branch = firm.town.organisations.filter(kind=Organisation.Kind.BRANCH).first()
        return (firm, branch, by_place[branch.pk]) if branch and branch.pk in by_place else None

    def at(self, number: int) -> tuple[Enterprise, Organisation, Any]:
        """One of the firms, in turn."""
        return self._firms[number % len(self._firms)]

    def nine(self, days_ago: int) -> dt.datetime:
        day = self.today - dt.timedelta(days_ago)
        return dt.datetime.combine(day, dt.time(0, 1) if not days_ago else dt.time(9), BEIJING)


def _clue(entry: Mapping[str, Any], places: _Places, number: int) -> Clue:
    firm, branch, officer = places.at(number)
    at = places.nine(entry["days"])
    about = {"title": entry["title"], "party": firm, "town": firm.town, "synthetic": True}
    clue = open_matter("clue", Acting(places.duty, at=at), **about, **entry.get("about", {}))
    found_at = (at - dt.timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    _take(clue, "register", Acting(places.duty, at=at), entry["said"] | {"found_at": found_at})
    kept = Clue.objects.get(pk=clue.pk)
    if entry.get("informant"):
        Informant.sealed(kept, places.duty, name="模拟举报人", phone="0760-0000000").save()
    if entry.get("evidence"):
        _evidence(kept, Acting(places.duty, at=at))
    for later, step in enumerate(entry["steps"], 1):
        moment = min(at + dt.timedelta(later), places.nine(0))
        _step(clue, step, _Scene(places, branch, officer, moment))
    return kept


class _Scene:
    """Who stands where when a step is taken."""

    def __init__(self, places: _Places, branch: Any, officer: Any, at: dt.datetime) -> None:
        self.places, self.branch, self.officer, self.at = places, branch, officer, at

    @property
    def two(self) -> list[Any]:
        others = [each for each in self.places.officers if each != self.officer]
        return [self.officer, others[0]]


def _step(clue: Any, step: str, scene: _Scene) -> None:
    said = dict(_SAID[step])
    checked_at = (scene.at - dt.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")
    if step == "dispatch":
        said["branch"] = scene.branch.pk
    if step == "refute":  # a check comes before
        told = _SAID["verify"] | {"finding": "not_proved", "checked_at": checked_at}
        _take(clue, "verify", Acting(scene.officer, "", scene.two, scene.at), told)
    if step == "verify":
        said |= {"finding": "proved", "checked_at": checked_at}
        _take(clue, step, Acting(scene.officer, "", scene.two, scene.at), said)
        return
    who = scene.places.head if step in {"to_case", "refute"} else scene.places.duty
    _take(clue, step, Acting(who, at=scene.at), said)


def _take(clue: Any, step: str, acting: Acting, said: Mapping[str, Any]) -> None:
    take(clue, step, acting, Said(said), version=clue.version)


def _evidence(clue: Clue, acting: Acting) -> None:
    stored = keep_made(_ROWS, "hours.csv", actor=acting.actor)
    add_evidence(
        clue, stored, acting, kind="electronic", title="小时数据（模拟，2 行）", obtained="exported",
        origin="模拟数据", taken_at=acting.moment(),
    )  # fmt: skip
