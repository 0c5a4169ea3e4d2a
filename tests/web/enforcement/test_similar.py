"""Similar cases on the page of a case and beside the calculator, to whoever sees whole cases."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.places.city import find_town
from zhihuan.lines.enforcement.models import PenaltyCase


@pytest.fixture
def cases(cast, platform_store):
    about = {
        "procedure": "penalty_case", "edition": "2023", "party": cast.firm, "town": cast.town, "state": "pay",
        "case_type": "超标排放水污染物", "discretion_case": "2.7",
    }  # fmt: skip
    mine = PenaltyCase.objects.create(title="本案", **about)
    day = dt.date(2026, 9, 1)
    PenaltyCase.objects.create(title="相近的一案", decided_on=day, fine=30000, **about)
    far = {**about, "town": find_town("小榄镇"), "party": None}
    PenaltyCase.objects.create(title="外镇的一案", decided_on=day, fine=20000, **far)
    return mine


def test_the_page_of_a_case_shows_those_within_reach(cases, cast, browse):
    page = browse(cast.officer).get(f"/matters/{cases.pk}/").content.decode()
    assert "相近案件" in page
    for words in ("相近的一案", "30,000", "2026-09-01", "未附裁量计算"):
        assert words in page
    assert "外镇的一案" not in page
    assert '<div class="as-blocks">' in page, "on a phone: blocks"


def test_the_calculator_shows_them_below_its_answer(cases, cast, browse):
    asked = {"ended": "2026-03-01", "decided": "2026-04-01"}
    page = browse(cast.officer).get("/discretion/2.7/", asked).content.decode()
    assert "相近的一案" in page
    assert "外镇的一案" not in page


def test_other_matters_have_none(filed, cast, browse):
    assert (
        "相近案件" not in browse(cast.officer).get(f"/matters/{filed.matter.pk}/").content.decode()
    )
