"""Numbers as people write them, for money: 0.1 is a tenth, and "1,5" is no number."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["Number", "decimal_of", "decimal_or_none"]

Number = Decimal | str | int | float


def decimal_of(value: Number, column: str, row: int = -1) -> Decimal:
    """The number by its shortest text. Raises InputRefusedError for text that is none, and for
    infinite or missing ones."""
    try:
        number = Decimal(repr(float(value)) if isinstance(value, float) else value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InputRefusedError([
            InputProblem(row, column, value, "不是有限的数", "请填写数字，不带单位和千分号")
        ])  # fmt: skip
    return number


def decimal_or_none(value: Number | None, column: str, row: int = -1) -> Decimal | None:
    """As ``decimal_of``; None stays None."""
    return None if value is None else decimal_of(value, column, row)
