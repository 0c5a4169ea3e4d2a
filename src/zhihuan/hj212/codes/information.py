"""Device-information codes: logs, states and parameters of 3020 and 3021 (2017: 6.4.2, table B.10).

Says what a code and its value mean. Does not say which of them an instrument has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from zhihuan.hj212.codes.number_type import NumberType
from zhihuan.hj212.codes.source import Source, choices_of, rows, source_of

__all__ = ["InfoCode", "info_code", "info_codes"]

_DEVICES = {"1": "在线监控（监测）仪器仪表", "2": "数据采集传输仪", "3": "辅助设备"}  # table B.8
_KINDS = {"1": "日志", "2": "状态", "3": "参数"}  # table B.9


@dataclass(frozen=True, slots=True)
class InfoCode:
    """One row of table B.10.

    code: ``i`` + device class + kind + three characters; unit: "" if none or the maker's own.
    number_type: digits, None if the maker's own; choices: (value, Chinese name) of a state.
    """

    code: str
    name: str
    unit: str
    number_type: NumberType | None
    choices: tuple[tuple[str, str], ...]
    source: Source

    @property
    def device_class(self) -> str:
        """Chinese name of the device class (2017: table B.8); "" for reserved classes."""
        return _DEVICES.get(self.code[1:2], "")

    @property
    def kind(self) -> str:
        """日志, 状态 or 参数 (2017: table B.9); "" for reserved kinds."""
        return _KINDS.get(self.code[2:3], "")

    def meaning(self, value: str) -> str:
        """The Chinese name of a state's value, or the value with its unit."""
        named = dict(self.choices).get(value)
        return named or f"{value} {self.unit}".rstrip()


def info_code(code: str) -> InfoCode | None:
    """The row of a code; ``i33311`` finds the pattern ``i3331x``. Either letter case of the ``i``.

    (The standard itself prints ``I33400`` once.)
    """
    code = code[:1].lower() + code[1:]
    found = _table().get(code)
    if found is None and code[-1:].isdecimal():
        found = _table().get(code[:-1] + "x")
    return replace(found, code=code) if found else None


def info_codes() -> tuple[InfoCode, ...]:
    """All rows in the standard's order, then those reported of HJ 212-2025."""
    return tuple(_table().values())


@cache
def _table() -> Mapping[str, InfoCode]:
    return {
        row["code"]: InfoCode(
            row["code"],
            row["name"],
            row["unit"],
            NumberType.parse(row["type"]),
            choices_of(row["values"]),
            source_of(row),
        )
        for row in rows("info_codes")
    }
