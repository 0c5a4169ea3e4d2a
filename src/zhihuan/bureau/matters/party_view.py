"""What the party of a matter may see of it: declared beside its steps, and nothing else.

    PartyView(
        since=("notice_served",),
        states=("notice", "pay"),
        steps={"notice_served": ("served_on",), "state": ("stated_on", "words")},
        clocks=("statement", "pay"),
        documents=("notice", "decision"),
    )

Whoever looks at a matter in a role outside the bureau (企业用户) sees it through its procedure's view. What is not
named there is not there for them: no event, no answer, no clock, no document, no name of a state, on no
page, in no list, export, search or answer to a program. A procedure without a view shows its party nothing.
Of the matter's own row its title, party, town, and when it was opened and ended are told.
It refuses to guess from a step's takers: that the party took a step itself is declared like the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["NOTHING_SHOWN", "PartyView", "asked_by"]


@dataclass(frozen=True, slots=True)
class PartyView:
    """since: steps of which one must have been taken before the party learns that there is a matter at all,
    unless something declared here was served on it before; () from its opening. states: those told by their
    title; all others are told alike (办理中). steps: step → the fields of its form that are told; a step that is
    not named is not told of. clocks: by code. documents: by code; one that is served is shown from the day on
    which its service took effect. at_once: those that answer what the party filed here, shown as soon as they
    are made.
    """

    since: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clocks: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()


#: Of a procedure that declares none.
NOTHING_SHOWN = PartyView()


def asked_by(form: type[Any]) -> tuple[str, ...]:
    """Every field of a form: for steps that the party takes itself."""
    return tuple(form.base_fields)
