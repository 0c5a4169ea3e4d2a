"""How the values of one CP layout become measurement rows: worked out once, used for every frame.

Pure. A plan belongs to (layout, kind, vocabulary); it knows which value goes into which column of
which factor's row, so that a frame costs a few C-level calls. It refuses to look at values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from zhihuan.hj212.shape import CpShape
from zhihuan.telemetry.refusals import Refusal
from zhihuan.telemetry.vocabulary import Vocabulary, Word

__all__ = ["ABSENT", "NOTHING", "NUMBER_COLUMNS", "RowPlan", "ValueFault", "plan_rows"]

Pick = Callable[[Sequence[str]], tuple[str, ...]]

# Reads as NaN, and no device can send it: values arrive without blanks around them.
ABSENT = " nan"
NUMBER_COLUMNS = (
    "value",
    "minimum",
    "maximum",
    "total",
    "zs_value",
    "zs_minimum",
    "zs_maximum",
)
# Sub-field -> column. HJ 212-2017, 6.3.3 table 4; RS, RT: 2021, 2041; Data: noise; SampleRd: 2062.
_COLUMN_OF_SUB = {
    "Rtd": "value", "Avg": "value", "Data": "value", "RS": "value", "RT": "value",
    "SampleRd": "value", "Min": "minimum", "Max": "maximum", "Cou": "total",
    "ZsRtd": "zs_value", "ZsAvg": "zs_value", "ZsMin": "zs_minimum", "ZsMax": "zs_maximum",
    "Flag": "flag",
}  # fmt: skip
_FLAG = "flag"
_MOST_FAULTS = 32
# Sub-fields that make a series of their own beside the factor's: noise by day and by night, the
# standard a check was made against. The series is named <code>-<sub>, as on the wire.
_SERIES_OF_SUB = frozenset({"DayData", "NightData", "StandardValue", "ResultType", "ZsCou"})


class ValueFault(NamedTuple):
    """Why a value, or a factor, did not become a row. standing: it is so in every such frame."""

    reason: Refusal
    subject: str
    detail: str
    standing: bool = False


class RowPlan(NamedTuple):
    """All picks are out of ``[*values, ABSENT, ""]``: what a factor lacks is picked from the end.

    factors: one per row. present: picks every number text that was sent. numbers: for each of
    NUMBER_COLUMNS what picks a text per row, None when no factor has it. blank, no_flags: a column of NaN, of "".
    scales: multipliers per column and row, None when all are 1. flags: picks a mark per row,
    None when there are none. faults: true of every frame of this layout.
    """

    factors: tuple[str, ...]
    present: Pick
    numbers: tuple[Pick | None, ...]
    blank: tuple[float, ...]
    no_flags: tuple[str, ...]
    scales: tuple[tuple[float, ...], ...] | None
    flags: Pick | None
    faults: tuple[ValueFault, ...]


NOTHING = RowPlan((), lambda _: (), (None,) * len(NUMBER_COLUMNS), (), (), None, None, ())


class _Row(NamedTuple):
    factor: str
    positions: dict[str, int]
    scales: dict[str, float]


def plan_rows(shape: CpShape, vocabulary: Vocabulary, of_period: bool = False) -> RowPlan:
    """The plan of one layout. A sub-field sent twice for a factor counts once, the first time.

    of_period: the rows are means of a period, so Avg counts where Rtd was sent beside it.
    """
    means = {column.code for column in shape.columns if of_period and column.sub == "Avg"}
    rows: dict[str, _Row] = {}
    faults: dict[str, ValueFault] = {}
    for position, (code, sub) in enumerate(shape.columns):
        word = vocabulary.read(code) if code else None
        if sub == "Rtd" and code in means:
            continue
        if isinstance(word, Word):
            _place(rows, position, sub, word)
        elif word is not None and code not in faults:
            faults[code] = ValueFault(word, code, vocabulary.explain(word, code), standing=True)
    kept = [row for row in rows.values() if row.positions.keys() - {_FLAG}]
    missing = len(shape.columns)
    return RowPlan(
        factors=tuple(row.factor for row in kept),
        present=_picker(
            [at for row in kept for name, at in row.positions.items() if name != _FLAG]
        ),
        numbers=tuple(_column_picker(kept, column, missing) for column in NUMBER_COLUMNS),
        blank=(float("nan"),) * len(kept),
        no_flags=("",) * len(kept),
        scales=_scales(kept),
        flags=_column_picker(kept, _FLAG, missing + 1),
        faults=_first(list(faults.values())),
    )


def _first(faults: list[ValueFault]) -> tuple[ValueFault, ...]:
    """No more than a person reads; a frame can be made of a thousand unknown codes."""
    if len(faults) <= _MOST_FAULTS:
        return tuple(faults)
    more = f"and {len(faults) - _MOST_FAULTS} more unread codes"
    last = ValueFault(faults[_MOST_FAULTS].reason, "…", more, standing=True)
    return (*faults[:_MOST_FAULTS], last)


def _place(rows: dict[str, _Row], position: int, sub: str, word: Word) -> None:
    column, factor = _COLUMN_OF_SUB.get(sub), word.factor
    if sub in _SERIES_OF_SUB:
        column, factor = "value", f"{factor}-{sub}"
    if column is None:
        return  # EFlag, SampleTime and what a vendor adds: kept with the frame
    row = rows.setdefault(factor, _Row(factor, {}, {}))
    row.positions.setdefault(column, position)
    row.scales[column] = word.mass_scale if column == "total" else word.scale


def _column_picker(rows: list[_Row], column: str, missing: int) -> Pick | None:
    positions = [row.positions.get(column, missing) for row in rows]
    if all(position == missing for position in positions):
        return None
    return _picker(positions)


def _picker(positions: list[int]) -> Pick:
    """itemgetter gives a bare value for one position and refuses none; a pick is always a tuple."""
    if not positions:
        return lambda _: ()
    if len(positions) == 1:
        (only,) = positions
        return lambda values: (values[only],)
    return itemgetter(*positions)


def _scales(rows: list[_Row]) -> tuple[tuple[float, ...], ...] | None:
    scales = tuple(tuple(row.scales.get(column, 1.0) for row in rows) for column in NUMBER_COLUMNS)
    return scales if any(scale != 1.0 for column in scales for scale in column) else None
