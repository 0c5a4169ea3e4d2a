"""One edition for one day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.dated import edition_on
from zhihuan.standards.errors import OutsideEditionsError, UnknownEditionError
from zhihuan.standards.parameters import parameter_from

PARAMETER = parameter_from(
    "test/number",
    """
title: 数
unit: "-"
editions:
  - {edition: 旧, in_force_from: 2000-01-01, value: 1, confidence: official,
     reference: {title: 旧标准, clause: 表1}, last_checked: 2026-11-23}
  - {edition: 新, in_force_from: 2026-01-01, value: 2, confidence: official,
     reference: {title: 新标准, clause: 表1}, last_checked: 2026-11-23}
""",
)


def test_the_edition_of_the_day_or_of_the_forced_name():
    assert edition_on(PARAMETER, date(2025, 12, 31)).number == 1
    assert edition_on(PARAMETER, np.datetime64("2026-01-01")).number == 2
    assert edition_on(PARAMETER, [date(2026, 1, 1)]).number == 2
    assert edition_on(PARAMETER, date(2026, 1, 1), edition="旧").number == 1


def test_several_days_no_day_and_unknown_names_are_refused():
    with pytest.raises(OutsideEditionsError, match="2 were given"):
        edition_on(PARAMETER, [date(2025, 1, 1), date(2026, 1, 1)])
    with pytest.raises(OutsideEditionsError, match="0 were given"):
        edition_on(PARAMETER, [])
    with pytest.raises(OutsideEditionsError):
        edition_on(PARAMETER, date(1999, 1, 1))
    with pytest.raises(UnknownEditionError):
        edition_on(PARAMETER, date(2026, 1, 1), edition="最新")
