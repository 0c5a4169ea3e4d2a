"""Amounts and rates of the procedure, each a dated parameter with its source and how well it is known.

What the city or the province lays down stands in ``parameters/`` with its days; what was not read in the text
itself says so there, and pages show it (待核实).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.standards.article import in_words
from zhihuan.standards.parameters import Confidence, Edition, Parameter, parameter_from

__all__ = [
    "amount_for",
    "has_hearing_right",
    "is_large",
    "is_simple",
    "late_fee_rate",
    "parameter_of",
    "source_of",
]


@cache
def parameter_of(name: str) -> Parameter:
    """``hearing``, ``collective``, ``simple``, ``late_fee``: the parameter with its editions."""
    text = files(__package__).joinpath(f"parameters/{name}.yaml").read_text(encoding="utf-8")
    return parameter_from(f"enforcement/{name}", text)


def amount_for(name: str, is_person: bool, on: date) -> Decimal:
    """The amount [元] for a natural person or another party. OutsideEditionsError."""
    table: Any = parameter_of(name).on(on).table
    return Decimal(str(table["person" if is_person else "entity"]))


def has_hearing_right(fine: Decimal, is_person: bool, kinds: frozenset[str], on: date) -> bool:
    """Whether the party must be told of its right to a hearing: a larger fine, or a penalty of another
    weighty kind. Source: 行政处罚法 §63."""
    table: Any = parameter_of("hearing").on(on).table
    return fine >= amount_for("hearing", is_person, on) or bool(kinds & set(table["kinds"]))


def is_large(amount: Decimal, is_person: bool, kinds: frozenset[str], on: date) -> bool:
    """Whether the persons in charge must discuss it together: a large sum, or a weighty kind. amount: fine and
    confiscated gains together [yuan]: our reading. Source: 行政处罚法 §57(2); 生态环境行政处罚办法 §52."""
    table: Any = parameter_of("collective").on(on).table
    return amount >= amount_for("collective", is_person, on) or bool(kinds & set(table["kinds"]))


def is_simple(fine: Decimal, is_person: bool, on: date) -> bool:
    """Whether a fine may be decided on the spot. Source: 行政处罚法 §51."""
    return fine <= amount_for("simple", is_person, on)


def late_fee_rate(on: date) -> Decimal:
    """Share of the fine a day. Source: 行政处罚法 §72(1)."""
    return Decimal(str(parameter_of("late_fee").on(on).table["rate"]))


def source_of(name: str, on: date) -> str:
    """Where the value of that day comes from, for people; what is not confirmed is called so."""
    edition: Edition = parameter_of(name).on(on)
    source = in_words(f"{edition.reference.title} {edition.reference.clause}".strip())
    if edition.confidence is Confidence.OFFICIAL:
        return source
    return _("%(source)s，待核实") % {"source": source}
