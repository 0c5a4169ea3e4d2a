"""QnRtn and ExeRtn: how a device answers a request (2017: tables 6 and 7). Only says what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.source import Source, editions_of, rows, source_of

__all__ = ["ReturnCode", "exe_rtn", "qn_rtn"]


@dataclass(frozen=True, slots=True)
class ReturnCode:
    """code: the number; name: Chinese; success: whether it says that all is well."""

    code: int
    name: str
    success: bool
    source: Source


def qn_rtn(code: int, edition: Edition = Edition.HJ2017) -> ReturnCode | None:
    """The meaning of ``QnRtn`` in a 9011; None outside the edition's table.

    The surface-water profile gives 9 and 99 other meanings than HJ 212-2017 gives 9.
    """
    return _table().get(("QnRtn", code, edition))


def exe_rtn(code: int, edition: Edition = Edition.HJ2017) -> ReturnCode | None:
    """The meaning of ``ExeRtn`` in a 9012; None outside the edition's table."""
    return _table().get(("ExeRtn", code, edition))


@cache
def _table() -> Mapping[tuple[str, int, Edition], ReturnCode]:
    return {
        (row["kind"], int(row["code"]), edition): ReturnCode(
            int(row["code"]), row["name"], row["success"] == "yes", source_of(row)
        )
        for row in rows("returns")
        for edition in editions_of(row)
    }
