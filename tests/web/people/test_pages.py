"""Lists and records of people and organisations: who sees what, at what cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhihuan.bureau.people.models import EnforcementCertificate, Organisation, RoleGrant
from zhihuan.bureau.people.roles import DUTY_OFFICER, FIELD_OFFICER, SECTION_HEAD
from zhihuan.web.people.nouns import nouns

LISTS = ["", "organisations/", "accounts/", "grants/", "delegations/", "officers/", "certificates/"]


def queries(browser, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        response = browser.get(path)
    assert response.status_code == 200
    return len(found)


def text_of(browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def fill(house, person, first: int, last: int) -> None:
    today = timezone.localdate()
    for number in range(first, last):
        body = Organisation.objects.create(name=f"科{number}", kind="section", parent=house.bureau)
        officer = person(FIELD_OFFICER, name=f"officer{number}", at=body)
        holder = person(DUTY_OFFICER, name=f"holder{number}", at=body)
        RoleGrant.objects.create(
            user=officer, role=DUTY_OFFICER, organisation=body, on_behalf_of=holder,
            valid_until=today + dt.timedelta(3),
        )  # fmt: skip
        EnforcementCertificate.objects.create(
            user=officer, number=f"C{number}", issued=today, expires=today + dt.timedelta(900)
        )


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_as_many_queries_for_a_few_as_for_many(path, house, person, sign_in):
    browser = sign_in("leader")
    fill(house, person, 0, 1)
    address = f"/people/{path}"
    queries(browser, address)
    few = queries(browser, address)
    fill(house, person, 1, 9)
    queries(browser, address)
    assert queries(browser, address) == few <= 12


def test_the_tree_shows_the_bureau_with_its_branches_and_counts_what_lies_outside(house, sign_in):
    browser = sign_in("system_administrator")
    Organisation.objects.create(name="某检测", kind="agency")
    text = text_of(browser, "/people/")
    for body in (house.bureau, house.section, house.branch, house.other):
        assert f"/people/organisations/{body.pk}/" in text
    assert "检测机构" in text
    assert house.firm.name not in text


def test_a_head_of_a_branch_sees_its_own_people_and_bodies_alone(house, person, sign_in):
    browser = sign_in(SECTION_HEAD, at=house.branch)
    mine, theirs = person(name="mine", at=house.branch), person(name="theirs", at=house.other)
    listed = text_of(browser, "/people/accounts/")
    assert "mine" in listed
    assert "theirs" not in listed
    assert browser.get(nouns()["accounts"].url_of(mine)).status_code == 200
    assert browser.get(nouns()["accounts"].url_of(theirs)).status_code == 404
    assert browser.get(f"/people/organisations/{house.other.pk}/").status_code == 404
    assert house.other.name not in text_of(browser, "/people/")


def test_enterprises_are_kept_in_the_registry_and_not_here(house, sign_in):
    browser = sign_in("system_administrator")
    assert browser.get(f"/people/organisations/{house.firm.pk}/").status_code == 404
    assert house.firm.name not in text_of(browser, "/people/organisations/")


@pytest.mark.parametrize("code", ["organisations", "accounts", "grants", "certificates"])
def test_a_noun_of_one_room_is_not_found_in_another(code, house, sign_in):
    browser = sign_in("system_administrator")
    assert browser.get(f"/registry/{code}/").status_code == 404
    assert sign_in("registrar").get("/people/sites/").status_code == 404


def test_an_officer_without_a_valid_certificate_is_shown_as_such(house, person, sign_in):
    today = timezone.localdate()
    spans = {"none": None, "ended": (-900, -1), "ending": (-900, 30), "valid": (-9, 900)}
    for name, span in spans.items():
        officer = person(FIELD_OFFICER, name=name, at=house.branch)
        if span:
            days = [today + dt.timedelta(each) for each in span]
            EnforcementCertificate.objects.create(
                user=officer, number=f"NO-{name}", issued=days[0], expires=days[1]
            )
    browser = sign_in("leader")
    for state, words in {
        "none": "无执法证",
        "ended": "已过期",
        "ending": "即将到期",
        "valid": "有效",
    }.items():
        listed = text_of(browser, f"/people/officers/?state={state}")
        table = listed[listed.index("<tbody>") : listed.index("</tbody>")]
        assert words in table
        assert table.count("<tr") == 1, state
        assert words in text_of(browser, f"/people/accounts/{state}/")
    own = sign_in(FIELD_OFFICER, name="ended", at=house.branch)
    assert "不能参加现场执法" in text_of(own, "/people/own/")


def test_ones_own_page_tells_roles_both_sides_of_delegation_and_what_one_may(house, sign_in):
    holder = sign_in(DUTY_OFFICER, name="holder")
    deputy = sign_in(FIELD_OFFICER, name="deputy")
    RoleGrant.objects.create(
        user=deputy.user, role=DUTY_OFFICER, organisation=house.bureau, on_behalf_of=holder.user,
        valid_until=timezone.localdate() + dt.timedelta(3), reason="年休假",
    )  # fmt: skip
    mine, theirs = (text_of(each, "/people/own/") for each in (holder, deputy))
    for text, other in ((mine, "deputy"), (theirs, "holder")):
        assert f">{other}<" in text
        assert "年休假" in text
        assert "提前结束" in text
        assert "下达设备命令" in text
