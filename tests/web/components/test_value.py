"""How values are written for people: what is read at one glance stays on one line, and nothing of a value is HTML."""

from __future__ import annotations

import pytest

from zhihuan.web.components.escaping import escaped
from zhihuan.web.components.value import MISSING, Kind, shown


def whole(text: str) -> str:
    return f'<span class="whole">{text}</span>'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (
            "2026-11-28 10:00 至 2026-11-30 20:00",
            f"{whole('2026-11-28 10:00')} 至 {whole('2026-11-30 20:00')}",
        ),
        ("2026-11-28 至 2026-11-29", f"{whole('2026-11-28')} 至 {whole('2026-11-29')}"),
        ("2026-03-01 01:10—01:40", whole("2026-03-01 01:10—01:40")),
        ("", MISSING),
        ("<b> 至 2026-11-29", f"&lt;b&gt; 至 {whole('2026-11-29')}"),
    ],
)
def test_a_span_breaks_between_its_days_alone(value: str, written: str) -> None:
    assert escaped(shown(value, Kind.SPAN)) == written


def test_a_quantity_keeps_its_unit() -> None:
    assert escaped(shown("114.9 mg/L", Kind.QUANTITY)) == whole("114.9 mg/L")
    assert escaped(shown("<1 mg/L", Kind.QUANTITY)) == whole("&lt;1 mg/L")
    assert shown(None, Kind.QUANTITY) == MISSING
