"""A way of service, as ``ways.yaml`` writes it, and the day it takes effect. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import yaml

__all__ = ["Way", "ways"]


@dataclass(frozen=True, slots=True)
class Way:
    """takes_effect: the law's words. after_days: so many calendar days after the act (公告); a last day
    that is a holiday is not moved, for nothing has to be done on it (our reading). needs: what a receipt
    must say."""

    code: str
    title: str
    basis: str
    takes_effect: str
    after_days: int
    needs: frozenset[str]

    def effective_on(self, day: date) -> date:
        """The day the law takes the document as served, of an act on that day of Beijing."""
        return day + timedelta(days=self.after_days)


@cache
def ways() -> Mapping[str, Way]:
    """The ways by code, in the order of the law."""
    text = files(__package__).joinpath("ways.yaml").read_text(encoding="utf-8")
    return {
        code: Way(
            code,
            each["title"],
            each["basis"],
            each["takes_effect"],
            each.get("after_days", 0),
            frozenset(each["needs"]),
        )
        for code, each in yaml.safe_load(text).items()
    }
