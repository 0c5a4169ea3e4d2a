"""A legal procedure as data: frozen, typed, readable beside the law it follows.

    Procedure(
        code="plan_filing",
        title=_("突发环境事件应急预案备案"),
        edition="2015",
        basis=Basis("…备案管理办法", "", date(2015, 1, 8)),
        states=(State("draft", _("填报")), State("filed", _("已备案"), end=True), …),
        begins="draft",
        steps=(Step("submit", _("提交备案"), ("draft",), "checking", Who({ENTERPRISE_USER: Reach.OWN})), …),
        clocks=(Clock("check", _("核对"), "M02", starts=("submit",), ends=("file", "return")),),
    )

Titles are lazy translations. A step leads to one state: where the law knows two outcomes there are
two steps, each with its own form and document, and its own button. A declaration cannot hold what
contradicts itself at first sight (``ValueError``); whether it makes sense as a whole is asked by
``checks.faults``. Nothing here touches the world.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.party_view import PartyView
from zhihuan.bureau.people.actions import Reach

__all__ = ["Clock", "Document", "Guard", "Notice", "PartyView", "Procedure", "State", "Step", "Who"]

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class State:
    """Where a matter stands. end: nothing more follows of itself, and no clock runs on."""

    code: str
    title: Any
    end: bool = False
    about: Any = ""

    def __post_init__(self) -> None:
        _check_code(self.code)


@dataclass(frozen=True, slots=True)
class Who:
    """Who may take a step.

    reaches: role → how far, as in ``people.actions``. apart_from: steps whose takers may not take
    this one (审查与办案分离). apart_elsewhere: the same across matters: the code of a procedure, installed or not, →
    steps whose takers in a matter that this one belongs together with (``kin``) may not take it. apart_by: the law
    that asks for it, in words for whoever is refused. officers: how many people with a valid enforcement certificate
    must act together. platform: the platform takes it itself, at the end of a clock, or upon what ``upon`` says in
    words (another room found something and opens the matter).
    """

    reaches: Mapping[str, Reach] = field(default_factory=dict)
    apart_from: tuple[str, ...] = ()
    apart_elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart_by: str = ""
    officers: int = 0
    platform: bool = False
    upon: Any = ""

    def __post_init__(self) -> None:
        if bool(self.reaches) == self.platform:
            raise ValueError("a step is taken by people in some role, or by the platform")
        if self.upon and not self.platform:
            raise ValueError("only the platform takes a step upon something; people decide")
        for code in (
            *self.apart_elsewhere,
            *(each for steps in self.apart_elsewhere.values() for each in steps),
        ):
            _check_code(code)
        if self.apart_by and not (self.apart_from or self.apart_elsewhere):
            raise ValueError(
                f"{self.apart_by} is named for keeping people apart, and nobody is kept apart"
            )


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on a step. check: takes the matter's facts, returns "" or the reason in plain words
    why not yet, with what would mend it. basis: where the law says so; "" for the bureau's own rule."""

    code: str
    check: Callable[[Any], str]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document a step makes. template: file name in the line's ``documents/``. number: a rule of
    numbers, "" for none. served: whether a receipt of service belongs to it. published: whether a
    redacted copy is published. inner: whether it lies in the bureau's own volume of the file (副卷)."""

    code: str
    title: Any
    template: str
    number: str = ""
    served: bool = False
    published: bool = False
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told when a step was taken. to: roles, or "party" for the matter's own organisation."""

    to: tuple[str, ...]
    words: Any


@dataclass(frozen=True, slots=True)
class Step:
    """An act. sources: states it may be taken in. target: the state it leads to; "" stays.

    form: a Django form class for what must be said; None when nothing need be. about: what the taker
    should know, shown above the form.
    """

    code: str
    title: Any
    sources: tuple[str, ...]
    target: str
    who: Who
    form: type[Any] | None = None
    guards: tuple[Guard, ...] = ()
    documents: tuple[Document, ...] = ()
    notices: tuple[Notice, ...] = ()
    about: Any = ""

    def __post_init__(self) -> None:
        _check_code(self.code)
        if not self.sources:
            raise ValueError(f"{self.code}: a step is taken in some state")

    def leads_from(self, state: str) -> str:
        """The state after this step is taken in ``state``."""
        return self.target or state


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit at work in a procedure.

    limit: a code of the time limits (``bureau.clock``). starts, ends: steps that start it and steps
    that meet it; starting it anew replaces it. pauses: step → the law's reason; resumes: steps after
    which it runs on. extends: step → the limit's way of extension. duty: whose duty it is: "bureau",
    "party", or "other" for a body that is neither (公安机关, 检察院). expires: the step the platform takes when it ends unmet, "" for none. when: it runs
    only for matters of which this says "". lapses: the end of the matter ends it, met or not. said_on: the
    field of a form that tells the day or moment the law counts from (found_on, served_on), or where the forms of several
    steps tell it under several names, those; a step that
    does not tell it counts from when it is taken. happened_on: of the steps that stop it or let it run on those
    whose form tells the day on which that came to pass (a report came back), and the field; others: when they are taken.
    keeps_first: of two that would run the one that began first goes on; else one that is started anew replaces it.
    until: for what lasts as long as was decided, the last day by the facts of the step that starts or lengthens it, within
    the limit; None of them: that step does not start it.
    """

    code: str
    title: Any
    limit: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    pauses: Mapping[str, str] = field(default_factory=dict)
    resumes: tuple[str, ...] = ()
    extends: Mapping[str, str] = field(default_factory=dict)
    duty: str = "bureau"
    expires: str = ""
    when: Guard | None = None
    lapses: bool = False
    said_on: str | tuple[str, ...] = ""
    happened_on: Mapping[str, str] = field(default_factory=dict)
    keeps_first: bool = False
    until: Callable[[Any], date | None] | None = None

    def __post_init__(self) -> None:
        _check_code(self.code)
        if self.until is not None and self.pauses:
            raise ValueError(f"{self.code}: a day that was decided does not stand still")
        if self.duty not in {"bureau", "party", "other"}:
            raise ValueError(
                f"{self.code}: a clock is the duty of the bureau, the party or another body"
            )
        if not self.starts:
            raise ValueError(f"{self.code}: nothing starts this clock")
        if bool(self.pauses) != bool(self.resumes):
            raise ValueError(
                f"{self.code}: what stops a clock must be able to run on, and the reverse"
            )
        if strange := set(self.happened_on) - {*self.pauses, *self.resumes}:
            named = ", ".join(sorted(strange))
            raise ValueError(f"{self.code}: {named} neither stops it nor lets it run on")

    @property
    def steps(self) -> frozenset[str]:
        """Every step it speaks of."""
        named = {*self.starts, *self.ends, *self.pauses, *self.resumes, *self.extends, self.expires}
        return frozenset(named - {""})


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure in one edition. Running matters stay with the edition they began in.

    edition: sorts after those before it. basis: the law; its days in force bound the edition. folder:
    the package of the line ("zhihuan.lines.plan_filing"), whose ``documents/`` holds the templates.
    model: the line's own kind of matter ("app.Model"), "" for the plain one. grows_from: codes of the
    procedures out of whose matters one of this may be opened, whether they are installed or not; grows_when:
    only while such a matter stands in one of these states, () for any. party: what whoever looks from outside
    the bureau sees of its matters; None: nothing. readers: roles that look at its matters and take no step, each
    with how far.
    """

    code: str
    title: Any
    edition: str
    basis: Basis
    states: tuple[State, ...]
    begins: str
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    about: Any = ""
    folder: str = ""
    model: str = ""
    grows_from: tuple[str, ...] = ()
    grows_when: tuple[str, ...] = ()
    party: PartyView | None = None
    readers: Mapping[str, Reach] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code in (self.code, *self.grows_from):
            _check_code(code)
        states = _once(f"{self.code}: state", (each.code for each in self.states))
        steps = _once(f"{self.code}: step", (each.code for each in self.steps))
        _once(f"{self.code}: clock", (each.code for each in self.clocks))
        _known(f"{self.code} begins in", [self.begins], states)
        for step in self.steps:
            _known(f"{self.code}.{step.code}: state", [*step.sources, step.target], states)
            _known(f"{self.code}.{step.code}: apart from", step.who.apart_from, steps)
        for clock in self.clocks:
            _known(f"{self.code}.{clock.code}: step", clock.steps, steps)

    def state(self, code: str) -> State:
        """The state of this code; KeyError."""
        return {each.code: each for each in self.states}[code]

    def step(self, code: str) -> Step:
        """The step of this code; KeyError."""
        return {each.code: each for each in self.steps}[code]

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """What may be done in a state, in the order declared."""
        return tuple(each for each in self.steps if state in each.sources)


def _check_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r}: a code is lower case letters, digits and _, at most 40")


def _once(what: str, codes: Iterable[str]) -> frozenset[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise ValueError(f"{what} {code} is declared twice")
        seen.add(code)
    return frozenset(seen)


def _known(what: str, codes: Iterable[str], known: frozenset[str]) -> None:
    for code in codes:
        if code and code not in known:
            raise ValueError(
                f"{what} {code}: there is none; declared are {', '.join(sorted(known))}"
            )
