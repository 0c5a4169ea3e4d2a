"""What the bureau has let pass: for whoever answers for it, within their area."""

from __future__ import annotations

import io

import openpyxl
import pytest

from zhihuan.bureau.inbox.claiming import take_on

pytestmark = pytest.mark.django_db
TITLE = "某印染厂超标排放"


@pytest.fixture
def late(filed, moment):
    take_on(filed.matter, filed.cast.officer)
    moment.go("06-10")
    return filed


def test_a_head_sees_what_is_overdue_in_their_area_and_who_has_it(late, browse):
    page = browse(late.cast.head).get("/inbox/overdue/").content.decode()
    for told in (TITLE, "试办案件", "办案期限", "2026-06-01", "officer"):
        assert told in page
    assert ">7</td>" in page  # worked days since


def test_another_branch_does_not_and_neither_does_who_answers_for_nothing(late, browse):
    page = browse(late.cast.stranger).get("/inbox/overdue/").content.decode()
    assert TITLE not in page
    for nobody in (late.cast.officer, late.cast.owner):
        assert browse(nobody).get("/inbox/overdue/").status_code == 403


def test_what_is_not_over_yet_or_the_party_s_own_is_not_on_it(filed, decided_too, browse, moment):
    page = browse(filed.cast.head).get("/inbox/overdue/").content.decode()
    assert "没有逾期事项" in page
    moment.go("04-20")  # the party's days are over
    page = browse(filed.cast.head).get("/inbox/overdue/").content.decode()
    assert "没有逾期事项" in page


def test_it_is_exported_as_it_is_seen(late, browse):
    response = browse(late.cast.head).get("/inbox/overdue/?format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).worksheets[0]
    assert any(
        TITLE in (cell or "") for row in sheet.iter_rows(values_only=True) for cell in map(str, row)
    )


def test_it_takes_at_most_twelve_queries(late, browse, django_assert_max_num_queries):
    browser = browse(late.cast.head)
    browser.get("/inbox/overdue/")
    with django_assert_max_num_queries(12):
        browser.get("/inbox/overdue/")
