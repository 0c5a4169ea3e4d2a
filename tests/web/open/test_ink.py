"""A figure on a mark can be read on every colour that the air quality index prescribes."""

from __future__ import annotations

import pytest

from zhihuan.standards.air.levels import levels
from zhihuan.web.open.map import _ink


def luminance(rgb) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [each / 255 for each in rgb]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("level", levels(edition="HJ 633-2026"), ids=lambda level: level.name)
def test_a_figure_stands_out_from_the_colour_of_its_level(level):
    ground, ink = (
        luminance(level.rgb),
        luminance((0, 0, 0) if _ink(level.rgb) == "#000" else (255,) * 3),
    )
    lighter, darker = max(ground, ink), min(ground, ink)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
