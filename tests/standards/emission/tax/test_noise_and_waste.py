"""Tax on noise and solid waste, against worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhihuan.standards.emission.tax import noise_tax, solid_waste_tax
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

DAY = date(2024, 4, 30)


@pytest.mark.parametrize(
    ("fields", "total"),
    [
        # dongao.com 3554027: 72 against 65 by day, 60 against 55 at night, ten days
        ({"day_excess_db": "7", "night_excess_db": "5", "days": 10}, "1050.00"),
        # bkw.cn YxZ68: 77.6 against 65 and 60 against 55, 16 days, boundary beyond 100 m
        ({"day_excess_db": "12.6", "night_excess_db": "5", "days": 16, "two_places": True}, "12600.00"),
        # dongao.com 2032750: 60 against 55 by day only, 18 days
        ({"day_excess_db": "5", "days": 18}, "700.00"),
        ({"day_excess_db": "0.4", "days": 30}, "0.00"),
        ({"day_excess_db": "0.5", "days": 15}, "350.00"),
        ({"day_excess_db": "16", "days": 15}, "11200.00"),
        ({"day_excess_db": "40", "days": 14}, "5600.00"),
    ],
)  # fmt: skip
def test_noise_examples(fields: dict[str, Any], total: str) -> None:
    assert noise_tax(DAY, **fields).total == Decimal(total)


def test_the_noise_derivation_shows_rounding_and_factor() -> None:
    text = noise_tax(DAY, day_excess_db="12.6", days=10, two_places=True).derivation().text()
    assert "超标 13 dB（四舍五入取整）" in text
    assert "(5600＋0)×1.0" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day_excess_db": "-1", "days": 3}, "未超标请填 0"),
        ({"day_excess_db": "nan", "days": 3}, "不是有限的数"),
        ({"days": 32}, "请按月填写"),
    ],
)
def test_impossible_noise_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        noise_tax(DAY, **fields)


def test_waste_examples() -> None:
    # qiqiwenku.com 621171; 4455.net.cn 14708447
    tailings = solid_waste_tax("尾矿", DAY, generated_t="1000", used_t="300", stored_t="200")
    assert tailings.total == Decimal("7500.00")
    medical = solid_waste_tax(
        "危险废物", DAY, generated_t="90", used_t="15", stored_t="20", disposed_t="10"
    )
    assert medical.total == Decimal("45000.00")
    assert "90−15−20−10 → 45 t" in medical.derivation().text()


def test_waste_of_unknown_kind_negative_or_before_the_law_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="可用的有：煤矸石、尾矿"):
        solid_waste_tax("生活垃圾", DAY, generated_t="1")
    with pytest.raises(InputRefusedError, match="请核对台账"):
        solid_waste_tax("尾矿", DAY, generated_t="1", used_t="2")
    with pytest.raises(OutsideEditionsError):
        solid_waste_tax("尾矿", date(2017, 12, 31), generated_t="1")
