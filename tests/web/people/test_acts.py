"""What is done on the pages: who may, what is refused in which words, what is shown once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.models import Change
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import (
    AUDIT_ADMINISTRATOR,
    DUTY_OFFICER,
    ENTERPRISE_USER,
    FIELD_OFFICER,
    SECTION_HEAD,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
)
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.places.city import find_town


def words(response) -> str:
    return response.content.decode()


# ---- accounts ---------------------------------------------------------------------------------


def test_the_first_password_is_shown_once_and_nowhere_else(house, sign_in):
    browser = sign_in(SYSTEM_ADMINISTRATOR)
    given = {
        "username": "zhangsan",
        "display_name": "张三",
        "inner": house.section.pk,
        "why": "录用通知",
    }
    page = browser.post("/people/accounts/new/", given)
    assert page.status_code == 201
    made = User.objects.get(username="zhangsan")
    password = page.context["password"]
    assert password in words(page)
    assert made.check_password(password)
    assert made.organisation == house.section
    assert "no-store" in page["Cache-Control"]
    assert password not in words(browser.get("/people/accounts/zhangsan/"))
    assert password not in str(list(AuditEntry.objects.values())) + str(
        list(Change.objects.values())
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "选填一项"),
        ({"inner": "bureau", "outer": "QY"}, "没有找到"),
        ({"inner": "bureau", "username": "taken"}, "已存在"),
        ({"inner": "bureau", "username": "New"}, "另有含义"),
        ({"inner": "bureau", "display_name": ""}, 'href="#id_display_name"'),
    ],
)
def test_an_account_is_refused_in_words(given, told, house, person, sign_in):
    person(name="taken")
    form = {"username": "new", "display_name": "新人", "why": "录用"} | given
    if form.get("inner"):
        form["inner"] = house.bureau.pk
    page = sign_in(SYSTEM_ADMINISTRATOR).post("/people/accounts/new/", form)
    assert page.status_code == 422
    assert told in words(page)
    assert not User.objects.filter(username__iexact="new").exists()


def test_an_enterprises_user_is_found_by_its_full_name(house, sign_in):
    given = {
        "username": "firm-user",
        "display_name": "李四",
        "outer": house.firm.name,
        "why": "企业申请",
    }
    assert sign_in(SYSTEM_ADMINISTRATOR).post("/people/accounts/new/", given).status_code == 201
    assert User.objects.get(username="firm-user").organisation.pk == house.firm.pk


def test_who_keeps_accounts_grants_nothing_and_who_grants_opens_none(house, person, sign_in):
    person(name="someone", at=house.section)
    keeper, granter, auditor = (
        sign_in(role)
        for role in (SYSTEM_ADMINISTRATOR, SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR)
    )
    doors = {
        "/people/accounts/new/": keeper,
        "/people/accounts/someone/edit/": keeper,
        "/people/accounts/someone/password/": keeper,
        "/people/accounts/someone/leave/": keeper,
        "/people/organisations/new/": keeper,
        "/people/accounts/someone/grant/": granter,
        "/people/accounts/someone/lock/": granter,
    }
    for path, who in doors.items():
        for browser in (keeper, granter, auditor):
            assert browser.get(path).status_code == (200 if browser is who else 403), path
    for browser in (keeper, granter, auditor):
        assert browser.get("/people/accounts/someone/").status_code == 200


def test_looks_at_accounts_are_written_down(house, person, sign_in):
    person(name="someone", at=house.section)
    browser = sign_in(AUDIT_ADMINISTRATOR)
    browser.get("/people/accounts/?q=some")
    browser.get("/people/accounts/someone/")
    browser.get("/people/accounts/nobody-such/")
    seen = AuditEntry.objects.filter(action="account.view").order_by("pk")
    assert [(entry.subject, entry.detail["query"]) for entry in seen] == [
        ("list:accounts", "q=some"),
        ("account:someone", ""),
    ]


def test_a_new_password_is_shown_once_and_ends_the_old_one(house, person, sign_in):
    someone = person(name="someone", at=house.section)
    before = someone.password
    browser = sign_in(SYSTEM_ADMINISTRATOR)
    page = browser.post("/people/accounts/someone/password/", {"why": "本人持证前来"})
    someone.refresh_from_db()
    assert someone.password != before
    assert someone.check_password(page.context["password"])
    assert page.context["password"] in words(page)
    entry = AuditEntry.objects.get(action="account.new_password")
    assert (entry.subject, entry.detail["why"]) == ("account:someone", "本人持证前来")
    assert page.context["password"] not in str(entry.detail)


def test_lock_unlock_leave_and_come_back_by_their_pages(house, person, sign_in):
    person(DUTY_OFFICER, name="someone", at=house.section)
    granter, keeper = sign_in(SECURITY_ADMINISTRATOR), sign_in(SYSTEM_ADMINISTRATOR)
    path = "/people/accounts/someone/"
    for browser, act, told in (
        (granter, "lock", "已锁定"), (granter, "unlock", "在用"), (keeper, "leave", "已停用"),
        (keeper, "come-back", "在用"),
    ):  # fmt: skip
        page = browser.post(f"{path}{act}/", {"why": "依通知办理"}, follow=True)
        assert page.redirect_chain[-1][0] == path, act
        assert told in words(page), act
    assert not RoleGrant.objects.in_force().filter(user__username="someone").exists()


def test_moving_somebody_tells_that_their_rights_stay_behind(house, person, sign_in):
    person(DUTY_OFFICER, name="someone", at=house.section)
    browser = sign_in(SYSTEM_ADMINISTRATOR)
    path = "/people/accounts/someone/edit/"
    seen = browser.get(path).context["form"].fields["seen"].initial
    given = {
        "username": "x",
        "display_name": "王五",
        "inner": house.branch.pk,
        "why": "调动",
        "seen": seen,
    }
    page = browser.post(path, given, follow=True)
    moved = User.objects.get(username="someone")
    assert (moved.organisation, moved.display_name) == (house.branch, "王五")
    assert "仍有 1 项授权" in words(page)


# ---- rights -----------------------------------------------------------------------------------


def grant_form(role: str, **more) -> dict[str, object]:
    return {"role": role, "valid_from": timezone.localdate(), "reason": "任免通知"} | more


def test_a_role_is_granted_and_revoked_by_its_pages(house, person, sign_in):
    officer = person(name="officer", at=house.branch)
    browser = sign_in(SECURITY_ADMINISTRATOR)
    path = "/people/accounts/officer/grant/"
    assert browser.get(path).context["form"]["inner"].value() == house.branch.pk
    page = browser.post(path, grant_form(FIELD_OFFICER, inner=house.branch.pk), follow=True)
    assert "已向“officer”授予角色" in words(page)
    grant = officer.grants.get()
    assert (grant.role, grant.organisation, grant.granted_by) == (
        FIELD_OFFICER, house.branch, browser.user,
    )  # fmt: skip
    back = browser.post(f"/people/grants/{grant.pk}/revoke/", {"why": "调离"}, follow=True)
    assert "已收回" in words(back)
    assert not officer.grants.in_force().exists()


@pytest.mark.parametrize(
    ("who", "role", "told"),
    [
        ("self", SECTION_HEAD, "不能给自己授权"),
        ("audit", FIELD_OFFICER, "三员分立"),
        ("officer", "nonsense", "nonsense"),
        ("officer", ENTERPRISE_USER, "enterprise_user"),
    ],
)
def test_what_may_not_be_is_refused_in_plain_words(who, role, told, house, person, sign_in):
    person(AUDIT_ADMINISTRATOR, name="audit", at=house.bureau)
    person(name="officer", at=house.bureau)
    browser = sign_in(SECURITY_ADMINISTRATOR, name="self")
    page = browser.post(f"/people/accounts/{who}/grant/", grant_form(role, inner=house.bureau.pk))
    assert page.status_code == 422
    assert told in words(page)


def test_an_outsiders_role_is_held_at_an_outside_body(house, person, sign_in):
    person(name="firm-user", at=house.firm)
    browser = sign_in(SECURITY_ADMINISTRATOR)
    path = "/people/accounts/firm-user/grant/"
    form = browser.get(path).context["form"]
    assert "inner" not in form.fields
    assert form["outer"].value() == house.firm.name
    page = browser.post(path, grant_form(ENTERPRISE_USER, outer=house.firm.name))
    assert page.status_code == 302
    assert RoleGrant.objects.get(user__username="firm-user").organisation.pk == house.firm.pk


# ---- delegation -------------------------------------------------------------------------------


def test_a_role_is_lent_seen_by_both_and_given_back(house, person, sign_in):
    holder = sign_in(DUTY_OFFICER, name="holder")
    deputy = sign_in(FIELD_OFFICER, name="deputy")
    today = timezone.localdate()
    own = holder.user.grants.get()
    given = {
        "roles": [own.pk], "deputy": deputy.user.pk, "first": today,
        "last": today + dt.timedelta(5), "why": "年休假",
    }  # fmt: skip
    assert holder.post("/people/delegate/", given).status_code == 302
    lent = RoleGrant.objects.get(on_behalf_of=holder.user)
    assert (lent.user, lent.role, lent.valid_until) == (
        deputy.user, DUTY_OFFICER, today + dt.timedelta(5),
    )  # fmt: skip
    for browser in (holder, deputy):
        assert f"/people/delegations/{lent.pk}/end/" in words(browser.get("/people/own/"))
    other = sign_in(DUTY_OFFICER, name="other")
    assert other.get(f"/people/delegations/{lent.pk}/end/").status_code == 404
    assert (
        deputy.post(f"/people/delegations/{lent.pk}/end/", {"why": "提前返岗"}).status_code == 302
    )
    lent.refresh_from_db()
    assert lent.revoked_by == deputy.user


def test_only_those_are_offered_as_deputies_who_can_stand_in(house, person, sign_in):
    holder = sign_in(DUTY_OFFICER, name="holder")
    person(FIELD_OFFICER, name="deputy", at=house.branch)
    person(AUDIT_ADMINISTRATOR, name="audit", at=house.bureau)
    person(ENTERPRISE_USER, name="firm-user", at=house.firm)
    User.objects.filter(pk=person(name="gone").pk).update(is_active=False)
    offered = holder.get("/people/delegate/").context["form"].fields["deputy"].queryset
    assert [each.username for each in offered] == ["deputy"]


def test_nobody_lends_what_is_not_theirs_by_guessing_its_number(house, person, sign_in):
    holder = sign_in(DUTY_OFFICER, name="holder")
    other = person(SECTION_HEAD, name="other", at=house.bureau)
    today = timezone.localdate()
    given = {
        "roles": [other.grants.get().pk], "deputy": other.pk, "first": today, "last": today,
        "why": "试试",
    }  # fmt: skip
    page = holder.post("/people/delegate/", given)
    assert page.status_code == 422
    assert not RoleGrant.objects.filter(on_behalf_of__isnull=False).exists()


# ---- organisations ----------------------------------------------------------------------------


def form_of(browser, path: str) -> dict[str, object]:
    form = browser.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields} | {
        "seen": form.fields["seen"].initial
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def test_a_body_is_added_renamed_moved_with_all_below_and_its_area_written_down(
    house, person, sign_in
):
    browser = sign_in(SYSTEM_ADMINISTRATOR)
    given = {"name": "执法股", "kind": "section", "parent": house.branch.pk, "why": "三定方案"}
    assert browser.post("/people/organisations/new/", given).status_code == 302
    made = Organisation.objects.get(name="执法股")
    assert made.path == f"{house.branch.path}{made.pk}/"
    path = f"/people/organisations/{house.branch.pk}/edit/"
    towns = [find_town(name).pk for name in ("三角镇", "民众街道")]
    change = form_of(browser, path) | {
        "name": "东部分局", "parent": house.section.pk, "towns": towns, "why": "机构改革",
    }  # fmt: skip
    assert browser.post(path, change).status_code == 302
    made.refresh_from_db()
    house.branch.refresh_from_db()
    assert house.branch.name == "东部分局"
    assert made.path == f"{house.section.path}{house.branch.pk}/{made.pk}/"
    assert AuditEntry.objects.get(action="organisation.towns").detail["after"] == [
        "三角镇",
        "民众街道",
    ]
    officer = person("registrar", name="r", at=made)
    assert scope_of(officer, "registry.change_enterprise").towns == set(towns)


def test_a_body_cannot_be_moved_below_itself(house, sign_in):
    browser = sign_in(SYSTEM_ADMINISTRATOR)
    path = f"/people/organisations/{house.bureau.pk}/edit/"
    change = form_of(browser, path) | {"parent": house.branch.pk, "why": "误操作"}
    assert "不能是本机构或其下级" in words(browser.post(path, change))


def test_closing_tells_what_stands_against_it_and_closes_what_is_empty(house, person, sign_in):
    browser = sign_in(SYSTEM_ADMINISTRATOR)
    person(FIELD_OFFICER, name="officer", at=house.branch)
    given = {"on": timezone.localdate(), "why": "机构改革"}
    page = browser.post(f"/people/organisations/{house.branch.pk}/close/", given)
    assert page.status_code == 422
    assert "1 个在用账号" in words(page)
    assert "1 项有效授权" in words(page)
    closed = browser.post(f"/people/organisations/{house.other.pk}/close/", given, follow=True)
    assert "已撤销" in words(closed)
    assert house.other.name not in words(browser.get("/people/"))
    again = browser.post(
        f"/people/organisations/{house.other.pk}/reopen/", {"why": "恢复"}, follow=True
    )
    assert "在办" in words(again)


# ---- certificates -----------------------------------------------------------------------------


def test_a_head_registers_certificates_of_their_own_people_alone(house, person, sign_in):
    browser = sign_in(SECTION_HEAD, at=house.branch)
    person(FIELD_OFFICER, name="mine", at=house.branch)
    person(FIELD_OFFICER, name="theirs", at=house.other)
    given = {"number": "粤1", "issued": "2026-01-01", "expires": "2031-01-01", "why": "换发"}
    theirs = browser.post("/people/certificates/new/", given | {"user": "theirs"})
    assert "不在您的管辖范围" in words(theirs)
    assert browser.post("/people/certificates/new/", given | {"user": "mine"}).status_code == 302
    assert User.objects.get(username="mine").certificates.get().number == "粤1"
    wrong = given | {"user": "mine", "number": "粤2", "expires": "2025-01-01"}
    assert "早于发证日期" in words(browser.post("/people/certificates/new/", wrong))
