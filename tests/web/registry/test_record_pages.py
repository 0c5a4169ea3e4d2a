"""Lists and records: who sees what, at what cost, and that no secret is on any of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.web.registry.nouns import nouns

LISTED = [code for code, noun in nouns().items() if noun.listing is not None]
PAGES = [
    ("sites", "site"),
    ("outlets", "outlet"),
    ("facilities", "facility"),
    ("points", "point"),
    ("devices", "device"),
    ("permits", "permit"),
]


def address(code: str, row: object) -> str:
    return nouns()[code].url_of(row)


def queries(browser, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        response = browser.get(path)
    assert response.status_code == 200
    return len(found)


@pytest.mark.parametrize("code", LISTED)
def test_every_list_opens_for_the_registrar(code, ours, sign_in):
    response = sign_in("registrar").get(f"/registry/{code}/")
    assert response.status_code == 200
    assert str(nouns()[code].listing.title) in response.content.decode()


@pytest.mark.parametrize("code", LISTED)
def test_no_list_opens_without_a_role(code, ours, browser_of):
    assert browser_of().get(f"/registry/{code}/").status_code == 403


@pytest.mark.parametrize("code", LISTED)
def test_a_list_costs_as_many_queries_for_one_record_as_for_many(code, ours, works, sign_in):
    browser = sign_in("registrar")
    queries(browser, f"/registry/{code}/")  # warms what is kept in memory
    few = queries(browser, f"/registry/{code}/")
    for number in range(10, 16):
        works("三角镇", number)
    queries(browser, f"/registry/{code}/")
    many = queries(browser, f"/registry/{code}/")
    assert many == few <= 12


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_a_record_shows_its_facts_and_never_a_secret(code, name, ours, sign_in):
    page = sign_in("registrar").get(address(code, getattr(ours, name)))
    text = page.content.decode()
    assert page.status_code == 200
    assert str(getattr(ours, name)) in text
    for secret in ("123456", ours.device.sealed_password):
        assert secret not in text.replace(ours.contact.phone, "")


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_a_record_costs_as_many_queries_however_much_hangs_on_it(code, name, ours, sign_in):
    from zhihuan.bureau.registry.models import MonitoringPoint, Outlet, PointLimit

    browser = sign_in("registrar")
    path = address(code, getattr(ours, name))
    queries(browser, path)
    few = queries(browser, path)
    for number in range(2, 8):
        outlet = Outlet.objects.create(
            site=ours.site, number=f"DW{number:03d}", name="排口", medium="water"
        )
        MonitoringPoint.objects.create(
            code=f"X{number}", name="点", kind="wastewater", site=ours.site, outlet=outlet,
            town=ours.site.town, lon=113, lat=22, synthetic=True,
        )  # fmt: skip
        PointLimit.objects.create(
            point=ours.point, factor="w21003", kind="day", upper=number, basis="x",
            valid_from=f"201{number}-01-01", valid_until=f"201{number}-12-31", permit=ours.permit,
        )  # fmt: skip
    queries(browser, path)
    assert queries(browser, path) == few


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_a_branch_registrar_sees_the_city_only_where_the_role_says_so(
    code, name, ours, theirs, branch, sign_in
):
    """Views of bureau roles reach the whole city; changes only their own area."""
    browser = sign_in("registrar", at=branch)
    there = address(code, getattr(theirs, name))
    assert browser.get(there).status_code == 200
    assert browser.get(f"{there}edit/").status_code == 403
    assert browser.get(f"{address(code, getattr(ours, name))}edit/").status_code == 200


@pytest.mark.parametrize(("code", "name"), [p for p in PAGES if p[0] != "devices"])
def test_an_enterprise_user_sees_their_own_and_learns_of_no_other(
    code, name, ours, theirs, sign_in
):
    browser = sign_in("enterprise_user", at=ours.enterprise)
    assert browser.get(address(code, getattr(ours, name))).status_code == 200
    assert browser.get(address(code, getattr(theirs, name))).status_code == 404
    listed = browser.get(f"/registry/{code}/").content.decode()
    assert address(code, getattr(ours, name)) in listed
    assert address(code, getattr(theirs, name)) not in listed


def test_devices_are_closed_to_enterprise_users(ours, sign_in):
    browser = sign_in("enterprise_user", at=ours.enterprise)
    assert browser.get(address("devices", ours.device)).status_code == 403
    assert ours.device.mn not in browser.get(address("points", ours.point)).content.decode()


def test_a_code_that_cannot_stand_in_an_address_is_reached_by_number(ours, sign_in):
    ours.site.code = "A/B"
    ours.site.save()
    path = address("sites", ours.site)
    assert path == f"/registry/sites/id:{ours.site.pk}/"
    assert sign_in("registrar").get(path).status_code == 200


@pytest.mark.parametrize("key", ["nothing", "id:", "id:x", "id:99999999999999999999", "%00", "１"])
def test_a_record_that_is_not_there_is_not_found(key, ours, sign_in):
    assert sign_in("registrar").get(f"/registry/sites/{key}/").status_code in {400, 404}


def test_suggestions_come_from_ones_own_area(ours, theirs, branch, sign_in):
    browser = sign_in("enterprise_user", at=ours.enterprise)
    found = browser.get("/registry/suggest/points/", {"site": "WS-"}).content.decode()
    assert "WS-001" in found
    assert "WS-002" not in found
    industries = browser.get("/registry/suggest/industries/", {"industry": "印染"})
    assert "1713" in industries.content.decode()
