"""The exchanges of HJ 212 as tables of transitions (``codes/data/exchanges.csv``).

One row: in this state, on this event, go there and do that, because of this clause. The diagrams in
``docs/hj212-messages.md`` are drawn from the same rows. Five machines:

- ``request``: the sender of a request, until 9012.
- ``request_stream``: the same where 2005 has no 9012 (2011, 2021): until 9011.
- ``notice``: the sender of a notice, until 9013.
- ``upload``: the sender of data, until 9014 if it wants one.
- ``answering``: the receiver of a request (the device role).

The receivers of notices and uploads need no machine: they answer each frame, every time it comes
(``replies``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from zhihuan.hj212.codes.source import Source, rows, source_of

__all__ = ["Act", "Event", "Machine", "Outcome", "Transition", "machine", "machines"]


class Event(StrEnum):
    """What may happen to an exchange."""

    START = "start"
    START_UNANSWERED = "start_unanswered"
    """Start of an upload that wants no 9014."""
    REQUEST = "request"
    """The request arrived, or arrived again."""
    ACCEPTED = "accepted"
    """9011, QnRtn=1 (or none given)."""
    REFUSED = "refused"
    """9011 with any other QnRtn."""
    VALUE = "value"
    """The value asked for: same CN, same QN."""
    DATA = "data"
    """A data frame of the CN asked for; on the device's side: one to send."""
    DATA_TO_ACKNOWLEDGE = "data_to_acknowledge"
    SUCCEEDED = "succeeded"
    """9012, ExeRtn=1."""
    FAILED = "failed"
    """9012 with any other ExeRtn, or none."""
    NOTICED = "noticed"
    """9013."""
    ACKNOWLEDGED = "acknowledged"
    """9014."""
    ACCEPT = "accept"
    """The device will carry the request out."""
    REFUSE = "refuse"
    FINISH = "finish"
    """The device has carried it out, well or not."""
    TIMEOUT = "timeout"
    """Waited long enough; may be sent again."""
    TIMEOUT_LAST = "timeout_last"
    """Waited long enough; has been sent as often as allowed."""
    OVERDUE = "overdue"
    """The whole exchange has lasted too long."""
    ABANDON = "abandon"
    """Connection lost, order withdrawn."""


class Act(StrEnum):
    """What a transition does, in this order of a row."""

    SEND = "send"
    RESEND = "resend"
    WAIT = "wait"
    KEEP = "keep"
    """Hand the frame to the caller."""
    ACKNOWLEDGE = "acknowledge"
    """9014 for a 9012 that wants one (2005: C.6)."""
    JUDGE = "judge"
    """Ask the device whether it will."""
    EXECUTE = "execute"
    ANSWER = "answer"
    """Send 9011, the same each time."""
    RESULT = "result"
    """Send 9012, the same each time."""
    REFUSE_UNKNOWN = "refuse_unknown"
    FAIL_UNKNOWN = "fail_unknown"
    FAIL_TIMEOUT = "fail_timeout"
    END = "end"


class Outcome(StrEnum):
    """How an exchange ends; also the names of the final states."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    UNANSWERED = "unanswered"
    """Never answered, after every re-send: the link is unusable (2017: 6.2.1)."""
    TIMED_OUT = "timed_out"
    """Answered, but no result came: the command failed (2017: 6.2.2)."""
    ABANDONED = "abandoned"
    OVERRAN = "overran"
    """Device: did not finish in time."""
    UNDELIVERED = "undelivered"
    """Device: the host did not acknowledge the data."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a machine."""

    state: str
    event: Event
    next: str
    acts: tuple[Act, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Machine:
    """A named table. An event without a row changes nothing."""

    name: str
    transitions: Mapping[tuple[str, Event], Transition]

    @property
    def states(self) -> tuple[str, ...]:
        """All states in the order of the table, ``new`` first."""
        named = [name for t in self.transitions.values() for name in (t.state, t.next)]
        return tuple(dict.fromkeys(named))

    def on(self, state: str, event: Event) -> Transition | None:
        """The row for an event in a state; None if it means nothing there."""
        return self.transitions.get((state, event))


def machine(name: str) -> Machine:
    """A machine by name. KeyError with the names there are."""
    found = machines()
    if name not in found:
        raise KeyError(f"no exchange machine {name!r}; there are {', '.join(found)}")
    return found[name]


@cache
def machines() -> Mapping[str, Machine]:
    """All machines of the packaged table."""
    tables: dict[str, dict[tuple[str, Event], Transition]] = {}
    for row in rows("exchanges"):
        transition = Transition(
            row["state"],
            Event(row["event"]),
            row["next"],
            tuple(Act(act) for act in row["actions"].split()),
            source_of(row),
        )
        tables.setdefault(row["machine"], {})[transition.state, transition.event] = transition
    return {name: Machine(name, table) for name, table in tables.items()}
