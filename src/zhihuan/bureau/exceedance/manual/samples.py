"""The port by which business lines tell of samples that were taken by hand: where, when, with which report.

    on_asked(samples_of_visits)          # once, from the line's AppConfig
    samples_of(episode)                  # all that the lines know, in order of time

The bureau knows nothing of lines; a line that samples says what it sampled. Values are entered out of the report by people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.registry.models import MonitoringPoint

__all__ = ["KnownSample", "on_asked", "samples_of"]


@dataclass(frozen=True, slots=True)
class KnownSample:
    """A sample of an outlet. matter: in which it was taken. sampled_at: aware. is_certain: it names this registered
    outlet; else people look whether it is of it. agency, conclusion: of its report, "" before there is one. report: the piece of
    evidence that is the report, None for none."""

    matter: int
    code: str
    sampled_at: dt.datetime
    place: str
    method: str
    is_certain: bool
    agency: str = ""
    conclusion: str = ""
    report: int | None = None


#: point, factor, since, until → samples taken in [since, until).
Finder = Callable[[MonitoringPoint, str, dt.datetime, dt.datetime], Iterable[KnownSample]]
_finders: list[Finder] = []


def on_asked(find: Finder) -> None:
    """Have ``find`` asked whenever somebody looks at an episode."""
    if find not in _finders:
        _finders.append(find)


def samples_of(episode: Episode) -> list[KnownSample]:
    """Of its outlet and factor, taken in [first_at, end_at)."""
    asked = (episode.point, episode.factor, episode.first_at, episode.end_at)
    found = [sample for find in _finders for sample in find(*asked)]
    return sorted(found, key=lambda each: each.sampled_at)
