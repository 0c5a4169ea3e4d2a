"""What the codes of HJ 212 mean: factors, system types, commands, marks, return and information codes.

The tables are packaged CSV files in ``data/``; every row names its source clause and how sure we
are of it (``Confidence``). Rows of HJ/T 212-2005 and HJ 212-2017 were read in the text of the
standards; rows of HJ 212-2025 and of the surface-water profile are at second hand.

A look-up returns a frozen record, or None for a code the tables do not know: what to do with an
unknown code (quarantine, alias, show as sent) is the caller's decision. Nothing here reads frames,
and nothing here is particular to one city or one device; aliases of a site belong to its registry.
"""

from __future__ import annotations

from zhihuan.hj212.codes.catalogue import CommandCode, command, commands, commands_of
from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.factors import (
    Factor,
    factor,
    factors,
    suggested_factor,
)
from zhihuan.hj212.codes.fields import Field, SubField, field, sub_field
from zhihuan.hj212.codes.information import InfoCode, info_code, info_codes
from zhihuan.hj212.codes.marks import Mark, is_normal, mark, marks
from zhihuan.hj212.codes.modernise import Modern, OldFactor, modernise, old_factor, old_factors
from zhihuan.hj212.codes.number_type import NumberType
from zhihuan.hj212.codes.oddities import OddityName, note_name, reason_name
from zhihuan.hj212.codes.returns import ReturnCode, exe_rtn, qn_rtn
from zhihuan.hj212.codes.source import Confidence, Source
from zhihuan.hj212.codes.system_types import SystemType, system_type, system_types

__all__ = [
    "CommandCode",
    "Confidence",
    "Edition",
    "Factor",
    "Field",
    "InfoCode",
    "Mark",
    "Modern",
    "NumberType",
    "OddityName",
    "OldFactor",
    "ReturnCode",
    "Source",
    "SubField",
    "SystemType",
    "command",
    "commands",
    "commands_of",
    "exe_rtn",
    "factor",
    "factors",
    "field",
    "info_code",
    "info_codes",
    "is_normal",
    "mark",
    "marks",
    "modernise",
    "note_name",
    "old_factor",
    "old_factors",
    "qn_rtn",
    "reason_name",
    "sub_field",
    "suggested_factor",
    "system_type",
    "system_types",
]
