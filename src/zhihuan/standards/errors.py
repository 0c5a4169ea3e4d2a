"""What can go wrong when a standard is asked: one tree, each error says how to mend it.

    try:
        edition = parameter("data_validity/flue_gas/minutes_per_hour").on(day)
    except StandardsError as error:
        print(error)

It refuses to hide anything: no function in this room falls back to another edition.
"""

from __future__ import annotations

__all__ = ["OutsideEditionsError", "ParameterFileError", "StandardsError", "UnknownParameterError"]


class StandardsError(Exception):
    """Base of every error of ``zhihuan.standards``."""


class UnknownParameterError(StandardsError, LookupError):
    """No packaged file holds this quantity. The message names the nearest ones."""


class OutsideEditionsError(StandardsError, LookupError):
    """No edition of the quantity is in force on the day asked for."""


class ParameterFileError(StandardsError, ValueError):
    """A packaged parameter file breaks the form every such file must have."""
