"""One pollutant's index, with the rounding of its edition or a forced one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.air.iaqi import iaqi
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

OLD, NEW = "HJ 633-2012", "HJ 633-2026"


def test_the_edition_says_whether_the_concentration_is_rounded_first() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1)]
    found = iaqi(60.4, "PM25_24h", on=days)
    assert found.values.tolist() == [82, 100]  # 81.75 by the old curve; 60 by the new one
    assert found.used.tolist() == [60.4, 60]


def test_a_caller_may_force_rounding_or_forbid_it() -> None:
    assert iaqi(60.11, "PM25_24h", edition=NEW, round_first=False).values == 101
    assert iaqi(60.11, "PM25_24h", edition=NEW).values == 100
    assert iaqi(75.4, "PM25_24h", edition=OLD, round_first=True).values == 100
    assert iaqi(75.4, "PM25_24h", edition=OLD).values == 101


def test_scalars_arrays_missing_and_empty() -> None:
    assert iaqi(40, "PM25_24h", edition=NEW).values.shape == ()
    assert iaqi([[40, np.nan]], "PM25_24h", edition=NEW).values.shape == (1, 2)
    assert np.isnan(iaqi([np.nan], "PM25_24h", edition=OLD).values[0])
    assert iaqi([], "PM25_24h", edition=OLD).values.size == 0
    assert iaqi([], "PM25_24h", on=np.array([], dtype="datetime64[D]")).values.size == 0


def test_above_its_last_node_a_column_names_what_to_report_instead() -> None:
    found = iaqi([800, 801], "SO2_1h", edition=OLD)
    assert [found.rule_at(0), found.rule_at(1)] == ["", "SO2_24h"]
    assert np.isnan(found.values[1])
    assert iaqi([801], "O3_8h", edition=OLD).rule_at(0) == "O3_1h"
    late = iaqi([801], "O3_8h", on=date(2026, 3, 1))
    assert (late.rule_at(0), late.values[0]) == ("", 300)


def test_bad_input_and_undated_input_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="mg/m³"):
        iaqi([0.035], "PM25_24h", edition=NEW)
    with pytest.raises(KeyError, match="PM25_24h"):
        iaqi([35], "PM25_1h", edition=NEW)
    with pytest.raises(OutsideEditionsError):
        iaqi([35], "PM25_24h")
    assert iaqi([0.035], "PM25_24h", edition=OLD, checked=False).values == 1


def test_the_derivation_shows_rounding_formula_and_edition() -> None:
    found = iaqi([60.6, 40.0], "PM25_24h", on=[date(2026, 3, 1), date(2026, 2, 28)])
    new, old = found.derivation(0).text(), found.derivation(1).text()
    assert "浓度修约：60.6（GB/T 8170，0 位小数） → 61" in new
    assert "(150−100)÷(115−60)×(61−60)+100 = 100.90909（向上进位取整数） → 101" in new
    assert "HJ 633-2026 4.2.4 式(1)、表3" in new
    assert "(100−50)÷(75−35)×(40−35)+50 = 56.25" in old
    assert "HJ 633-2012 4.1 表1" in old
    assert "修约：60" not in old


def test_the_derivation_above_the_table_cites_what_decides_there() -> None:
    capped = iaqi([501.0], "PM25_24h", edition=OLD).derivation(0)
    assert "高于末段 500 → 500" in capped.text()
    assert "由使用者指定采用" in capped.text()
    assert "未经正式文本证实" in capped.text()  # the cap at 500 is practice, not text
    none = iaqi([801.0], "SO2_1h", edition=OLD).derivation(0)
    assert "没有分指数，应报SO2（24 小时（日）平均）的分指数" in none.conclusion
    assert "没有分指数" in iaqi([np.nan], "SO2_1h", edition=OLD).derivation(0).conclusion
    forced = iaqi([35.5], "PM25_24h", edition=OLD, round_first=True).derivation(0)
    assert "计算前浓度修约" not in forced.text()
