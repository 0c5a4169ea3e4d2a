"""Discretion (裁量): how a fine follows from the facts, by the table or range in force on the day.

    reckoning = calculate("2.7", {"超标因子数目": "2个"}, date(2026, 5, 1))
    reckoning.amount, reckoning.steps, reckoning.warnings

Pure: values in, values out. It proposes; what is decided is decided by people, with reasons.
"""

from zhihuan.bureau.discretion.asked import Asked
from zhihuan.bureau.discretion.calculating import LAW_RANGE, calculate, reckon
from zhihuan.bureau.discretion.case_type import CaseType, case_type, case_types, types_after
from zhihuan.bureau.discretion.catalogue import table, tables
from zhihuan.bureau.discretion.city import CityRule, adjust, city_rules
from zhihuan.bureau.discretion.comparing import Comparison, Governs, Lighter, compare
from zhihuan.bureau.discretion.errors import (
    AnswerRefusedError,
    DiscretionError,
    TableRefusedError,
)
from zhihuan.bureau.discretion.reckoning import Law, Mode, Reckoning, Severity, Taken
from zhihuan.bureau.discretion.span import Span, kept_span
from zhihuan.bureau.discretion.table import BandTable, WeightTable

__all__ = [
    "LAW_RANGE",
    "AnswerRefusedError",
    "Asked",
    "BandTable",
    "CaseType",
    "CityRule",
    "Comparison",
    "DiscretionError",
    "Governs",
    "Law",
    "Lighter",
    "Mode",
    "Reckoning",
    "Severity",
    "Span",
    "TableRefusedError",
    "Taken",
    "WeightTable",
    "adjust",
    "calculate",
    "case_type",
    "case_types",
    "city_rules",
    "compare",
    "kept_span",
    "reckon",
    "table",
    "tables",
    "types_after",
]
