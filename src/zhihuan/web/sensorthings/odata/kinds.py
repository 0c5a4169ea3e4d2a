"""What kind of value there is: a constant's, a property's, an argument's.

An unknown member of an open object (``properties/nothing``) is of kind ``NULL``: it is missing, no
mistake.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from zhihuan.web.sensorthings.odata.expression import Value, Wkt


class Kind(Enum):
    """The kind of a value. ``WHOLE`` numbers are numbers."""

    TRUTH = "truth"
    WHOLE = "whole"
    NUMBER = "number"
    TEXT = "text"
    MOMENT = "moment"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    PLACE = "place"
    NULL = "null"


_OF_TYPE: dict[type, Kind] = {
    type(None): Kind.NULL,
    bool: Kind.TRUTH,
    int: Kind.WHOLE,
    float: Kind.NUMBER,
    str: Kind.TEXT,
    dt.datetime: Kind.MOMENT,
    dt.date: Kind.DATE,
    dt.time: Kind.TIME,
    dt.timedelta: Kind.DURATION,
    Wkt: Kind.PLACE,
}


def kind_of_value(value: Value) -> Kind:
    """The kind of a constant."""
    return _OF_TYPE[type(value)]


def fits(kind: Kind, wanted: Kind) -> bool:
    """Whether a value of ``kind`` can stand where ``wanted`` is asked for."""
    return kind in (wanted, Kind.NULL) or (kind is Kind.WHOLE and wanted is Kind.NUMBER)
