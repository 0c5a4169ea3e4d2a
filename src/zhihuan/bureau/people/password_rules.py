"""What a password must be: parameters with the day they came into force.

GB/T 22239-2019, 8.1.4.1 a) asks at level 3 that what identifies a person is complex and changed
regularly; 8.1.4.1 b) that failed logins are handled. It names no figures: those here are what
assessors commonly ask. A stricter bureau adds a row with its day; no row is ever edited.
"""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import dataclass

_KINDS = (
    frozenset(string.ascii_uppercase),
    frozenset(string.ascii_lowercase),
    frozenset(string.digits),
)


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """The rules from ``valid_from`` on.

    ``kinds``: how many of upper case, lower case, digits and other characters there must be.
    ``remembered``: how many passwords back none may come again, the present one included.
    ``days``: after so many days it must be changed.
    """

    valid_from: dt.date
    minimum_length: int
    kinds: int
    remembered: int
    days: int
    basis: str


RULES = (
    PasswordRules(
        valid_from=dt.date(2019, 12, 1),
        minimum_length=10,
        kinds=3,
        remembered=5,
        days=90,
        basis="GB/T 22239-2019 8.1.4.1 a)",
    ),
)


def rules_on(day: dt.date) -> PasswordRules:
    """The rules in force on ``day`` (Beijing time); the first ones for days before all."""
    started = [rules for rules in RULES if rules.valid_from <= day]
    return max(started or RULES[:1], key=lambda rules: rules.valid_from)


def kinds_in(password: str) -> int:
    """How many of the four kinds of characters occur; letters of other scripts are of the fourth."""
    known = [any(each in kind for each in password) for kind in _KINDS]
    others = any(all(each not in kind for kind in _KINDS) for each in password)
    return sum(known) + others
