"""Black-odorous rural water."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water import rural_black_odour

DAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("values", "depth", "name"),
    [
        ({"sd": 25, "do": 2, "nh3n": 15}, np.nan, "none"),
        ({"sd": 24.9}, np.nan, "black-odorous"),
        ({"do": 1.99}, np.nan, "black-odorous"),
        ({"nh3n": 15.1}, np.nan, "black-odorous"),
        ({"sd": 8}, 20, "none"),
        ({"sd": 7.9}, 20, "black-odorous"),
        ({"sd": 9.2}, 23, "none"),  # 40 % of 23 is 9.2 but for binary noise
        ({"sd": 24}, 25, "black-odorous"),
        ({"do": np.nan}, np.nan, ""),
        ({"sd": np.nan, "do": 3}, 20, "none"),
    ],
)
def test_one_item_beyond_its_line_is_enough(values, depth: float, name: str) -> None:
    assert str(rural_black_odour(values, on=DAY, depth_cm=depth).names) == name


def test_reasons_and_shapes() -> None:
    found = rural_black_odour({"sd": [9, 30], "do": [1, np.nan]}, on=DAY, depth_cm=[20, np.nan])
    assert found.names.tolist() == ["black-odorous", "none"]
    text = found.derivation(0).text()
    assert "9（非黑臭 ≥8） → 非黑臭" in text
    assert "1（非黑臭 ≥2） → 黑臭【决定项】" in text
    assert "嗅味、颜色和村民意见另行调查" in text
    assert "溶解氧：缺测" in found.derivation(1).text()
    assert rural_black_odour({"do": []}, on=DAY).codes.shape == (0,)


def test_strangers_and_absurd_values_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="不是黑臭水体的项目"):
        rural_black_odour({"orp": 10}, on=DAY)
    with pytest.raises(InputRefusedError, match="不能为负"):
        rural_black_odour({"sd": -1}, on=DAY)
