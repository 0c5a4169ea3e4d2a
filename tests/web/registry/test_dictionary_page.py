"""The data dictionary as a page: filters, orders, Excel, for those who may."""

from __future__ import annotations

import io

import openpyxl
import pytest

PAGE = "/registry/dictionary/"
pytestmark = pytest.mark.usefixtures("platform_store")


def keys(response) -> list[str]:
    return [row.key for row in response.context["view"].table.rows]


def test_fields_are_found_by_a_word_of_their_meaning_and_by_their_table(sign_in):
    browser = sign_in("registrar")
    assert keys(browser.get(f"{PAGE}?q=排气筒")) == ["registry.Outlet.height_m"]
    in_table = keys(browser.get(f"{PAGE}?model=registry.Permit"))
    assert in_table == sorted(in_table)
    assert {each.rpartition(".")[0] for each in in_table} == {"registry.Permit"}


def test_personal_data_alone_can_be_asked_for(sign_in):
    found = keys(sign_in("audit_administrator").get(f"{PAGE}?personal=1&size=200"))
    assert "registry.Contact.phone" in found
    assert "registry.Contact.enterprise" not in found


def test_pages_lead_on_and_any_column_orders(sign_in):
    browser = sign_in("registrar")
    first = browser.get(f"{PAGE}?size=50")
    second = browser.get(f"{PAGE}{first.context['view'].pager.next_url}")
    assert not set(keys(first)) & set(keys(second))
    falling = keys(browser.get(f"{PAGE}?sort=-key&size=20"))
    assert falling == sorted(falling, reverse=True)


def test_excel_has_every_field(sign_in):
    response = sign_in("registrar").get(f"{PAGE}?format=xlsx&model=registry.Vehicle")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("名称", "表名", "字段")
    assert ("号牌号码", "车辆", "registry.Vehicle.plate") in {row[:3] for row in rows}


def test_enterprises_are_not_told_how_the_platform_keeps_things(ours, sign_in):
    assert sign_in("enterprise_user", at=ours.enterprise).get(PAGE).status_code == 403
