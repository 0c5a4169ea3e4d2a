"""How much a bench takes: its full dose, ``--quick`` for a look, ``--few`` to see that it runs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TypeVar

_Dose = TypeVar("_Dose")


def add_doses(parser: ArgumentParser, quick: str) -> None:
    """Both options; ``quick``: what that is, in words."""
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--few", action="store_true", help="a handful: only to see that it runs")


def dose_of(chosen: Namespace, full: _Dose, quick: _Dose, few: _Dose) -> _Dose:
    """The one of three that was asked for."""
    return few if chosen.few else quick if chosen.quick else full
