"""Which devices get which fault of the data, for ``zhihuan simulate --data-fault``.

Refuses to be clever: a fault strikes a share of the devices, the headline factor, and lasts for the
whole run.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from zhihuan.telemetry.simulator.faults.data import DataFault, DataFaultKind
from zhihuan.telemetry.simulator.spec import DeviceSpec

__all__ = ["struck_by"]

# what an amount is when none is named: see DataFaultKind for the meanings
_USUAL = {
    DataFaultKind.DRIFT: 0.05,
    DataFaultKind.CLOCK_SKEW: 900.0,
    DataFaultKind.DISCONNECT_STORM: 120.0,
}
_OF_THE_DEVICE = frozenset(
    {
        DataFaultKind.GAP,
        DataFaultKind.OUTAGE,
        DataFaultKind.CLOCK_SKEW,
        DataFaultKind.DISCONNECT_STORM,
    }
)


def struck_by(
    specs: Sequence[DeviceSpec], texts: Sequence[str], start: float, seconds: float, seed: int
) -> list[DeviceSpec]:
    """The devices with the faults that ``kind[:amount]=share`` texts give them.

    start, seconds: when the faults begin (epoch seconds UTC) and how long they last. ValueError
    says which text cannot be used and why.
    """
    choice = random.Random(seed)  # noqa: S311 - reproducible on purpose
    result = list(specs)
    for text in texts:
        kind, amount, share = _read(text)
        span = (int(start), int(start + max(seconds, 1)))
        for index, spec in enumerate(result):
            if choice.random() < share:
                fault = _fault(spec, kind, amount, span)
                result[index] = replace(spec, faults=(*spec.faults, fault))
    return result


def _read(text: str) -> tuple[DataFaultKind, float | None, float]:
    left, _, share = text.partition("=")
    name, _, amount = left.partition(":")
    if name not in set(DataFaultKind):
        raise ValueError(f"no data fault {name!r}; there are {', '.join(DataFaultKind)}")
    try:
        return DataFaultKind(name), float(amount) if amount else None, float(share or "1")
    except ValueError:
        raise ValueError(
            f"--data-fault {text!r}: expected kind[:amount]=share, such as drift:0.1=0.2"
        ) from None


def _fault(
    spec: DeviceSpec, kind: DataFaultKind, amount: float | None, span: tuple[int, int]
) -> DataFault:
    headline = next((item for item in spec.kind_spec.factors if item.headline), None)
    code = "" if kind in _OF_THE_DEVICE or headline is None else headline.code
    if headline is not None and headline.signal is None:
        code = "LA"  # sound levels follow from the sampled level
    if amount is None and kind is DataFaultKind.CAPPING:
        amount = spec.kind_spec.factor(code).signal.mean  # type: ignore[union-attr]
    return DataFault(
        kind, spec.mn, *span, code, _USUAL.get(kind, 0.0) if amount is None else amount
    )
