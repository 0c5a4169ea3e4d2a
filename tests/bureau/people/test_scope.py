"""How far a role reaches: own, territory, city; over real rows on the database in use."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.people import built_once, scope
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER, REGISTRAR
from zhihuan.bureau.people.scope import EVERYTHING, NOTHING, forget_grants, grants_of, may, scope_of
from zhihuan.bureau.registry.models import Enterprise, MonitoringPoint, River, Section, Site

pytestmark = pytest.mark.django_db

XIAOLAN, SANJIAO = "442000118", "442000109"


@pytest.fixture
def bureau():
    return Organisation.objects.create(name="市局", kind="bureau")


@pytest.fixture
def branch(bureau):
    made = Organisation.objects.create(name="小榄分局", kind="branch", parent=bureau)
    made.towns.set([XIAOLAN])
    return made


def enterprise(code: str, town: str, **more) -> Enterprise:
    return Enterprise.objects.create(
        code=code, name=code, kind="enterprise", no_code_reason="测试", town_id=town, **more
    )


@pytest.fixture
def firms():
    return enterprise("E1", XIAOLAN), enterprise("E2", SANJIAO)


def codes(user, permission: str) -> set[str]:
    rows = scope_of(user, permission).filter(Enterprise.objects.all())
    return set(rows.values_list("code", flat=True))


def test_the_bureau_without_an_area_of_its_own_reaches_the_city(bureau, firms, person):
    user = person(REGISTRAR, at=bureau)
    assert scope_of(user, "registry.change_enterprise") == EVERYTHING


def test_a_branch_changes_what_lies_in_its_towns_and_reads_the_city(branch, firms, person):
    user = person(REGISTRAR, at=branch)
    assert codes(user, "registry.change_enterprise") == {"E1"}
    assert codes(user, "registry.view_enterprise") == {"E1", "E2"}
    assert may(user, "registry.change_enterprise", firms[0])
    assert not may(user, "registry.change_enterprise", firms[1])


def test_a_section_of_a_branch_works_where_its_branch_does(branch, firms, person):
    section = Organisation.objects.create(name="执法股", kind="section", parent=branch)
    assert codes(person(REGISTRAR, at=section), "registry.change_enterprise") == {"E1"}


def test_an_enterprise_sees_itself_its_daughters_and_nobody_else(firms, person):
    daughter = enterprise("E1a", SANJIAO, parent=firms[0])
    user = person(ENTERPRISE_USER, at=firms[0])
    assert codes(user, "registry.view_enterprise") == {"E1", "E1a"}
    assert codes(person(ENTERPRISE_USER, name="x", at=daughter), "registry.view_enterprise") == {
        "E1a"
    }


def test_a_body_below_a_branch_is_its_own_wherever_it_lies(branch, person):
    adopted = enterprise("E3", SANJIAO, parent=branch)
    enterprise("E3a", SANJIAO, parent=adopted)
    enterprise("E4", SANJIAO)
    section = Organisation.objects.create(name="执法股", kind="section", parent=branch)
    assert codes(person(REGISTRAR, at=branch), "registry.change_enterprise") == {"E3", "E3a"}
    assert codes(person(REGISTRAR, name="s", at=section), "registry.change_enterprise") == set()


def test_many_bodies_below_a_branch_are_held_by_its_own_path(branch, person, monkeypatch):
    monkeypatch.setattr(scope, "_FEW", 2)
    monkeypatch.setattr(built_once, "_built", {})
    for number in range(4):
        enterprise(f"M{number}", SANJIAO, parent=branch)
    user = person(REGISTRAR, at=branch)
    assert codes(user, "registry.change_enterprise") == {"M0", "M1", "M2", "M3"}
    assert scope_of(user, "registry.change_enterprise").paths == {branch.path}


def test_a_branch_without_bodies_below_it_asks_for_its_towns_alone(branch, person):
    rows = scope_of(person(REGISTRAR, at=branch), "registry.change_enterprise").filter(
        MonitoringPoint.objects.values("pk").order_by()
    )
    assert "people_organisation" not in str(rows.query)
    assert "town_id" in str(rows.query)


def test_records_are_reached_through_their_site(firms, person):
    for firm in firms:
        site = Site.objects.create(code=firm.code, name="厂", enterprise=firm, town=firm.town)
        MonitoringPoint.objects.create(
            code=f"P-{firm.code}", name="口", kind="wastewater", site=site, town=firm.town,
            lon=113, lat=22,
        )  # fmt: skip
    user = person(ENTERPRISE_USER, at=firms[0])
    rows = scope_of(user, "registry.view_monitoringpoint").filter(MonitoringPoint.objects.all())
    assert [row.code for row in rows] == ["P-E1"]


def test_a_territory_granted_outside_the_bureau_by_mistake_is_no_city(bureau, firms, person):
    agency = Organisation.objects.create(name="某检测", kind="agency")
    user = person(REGISTRAR, at=agency)
    assert codes(user, "registry.change_enterprise") == set()


def test_a_model_that_says_nothing_of_its_place_is_for_the_city_alone(branch, person):
    QuarantinedFrame.objects.create(reason="bad_crc", raw=b"##")
    user, city = person(REGISTRAR, at=branch), person(REGISTRAR, name="city")
    rows, permission = QuarantinedFrame.objects.all(), "registry.change_enterprise"
    assert not scope_of(user, permission).filter(rows).exists()
    assert scope_of(city, permission).filter(rows).exists()


def test_a_river_lies_in_each_of_its_sections_towns_and_is_told_once(branch, person):
    river, other = (River.objects.create(code=code, name=code) for code in ("R", "O"))
    town = branch.towns.first()
    for number in range(3):
        Section.objects.create(code=f"D{number}", name="桥", river=river, town=town)
    user = person(REGISTRAR, at=branch)
    rows = scope_of(user, "registry.change_section").filter(River.objects.all())
    assert list(rows) == [river]
    assert not may(user, "registry.change_section", other)


def test_nothing_without_a_grant_an_act_or_an_active_account(bureau, person):
    user = person(FIELD_OFFICER, at=bureau)
    assert scope_of(user, "registry.change_enterprise") == NOTHING
    assert scope_of(user, "no.such_act") == NOTHING
    user.is_active = False
    assert scope_of(user, "registry.view_enterprise") == NOTHING


@pytest.mark.parametrize(
    ("begins", "ends", "revoked", "holds"),
    [(0, None, False, True), (0, 0, False, True), (1, None, False, False), (-9, -1, False, False),
     (0, None, True, False)],
)  # fmt: skip
def test_a_grant_holds_between_its_days_until_revoked(bureau, person, begins, ends, revoked, holds):
    user, today = person(at=bureau), timezone.localdate()
    RoleGrant.objects.create(
        user=user,
        role=FIELD_OFFICER,
        organisation=bureau,
        valid_from=today + dt.timedelta(begins),
        valid_until=None if ends is None else today + dt.timedelta(ends),
        revoked_at=timezone.now() if revoked else None,
    )
    forget_grants(user)
    assert may(user, "registry.view_enterprise") is holds


def test_grants_are_read_with_their_towns_in_one_query_and_kept(
    branch, person, django_assert_num_queries
):
    user = person(FIELD_OFFICER, REGISTRAR, at=branch)
    with django_assert_num_queries(1):
        for _ in range(3):
            scope_of(user, "registry.view_enterprise")
            user.has_perm("registry.change_enterprise")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is read as SQLite tells it")
def test_reading_grants_does_not_go_through_every_organisation(bureau, person):
    Organisation.objects.bulk_create(
        Organisation(name=f"企业{n}", kind="enterprise", path=f"9.{n}.") for n in range(500)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner knows of many organisations and of no towns yet
    bureau.towns.set([XIAOLAN])
    user = person(FIELD_OFFICER, at=bureau)
    with CaptureQueriesContext(connection) as asked:
        forget_grants(user)
        grants_of(user)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[-1]["sql"])
        plan = [row[-1] for row in cursor.fetchall()]
    assert not [step for step in plan if re.match(r"SCAN people_organisation\b", step)], plan


def test_templates_and_views_agree_with_the_scope(bureau, person):
    user = person(REGISTRAR, at=bureau)
    assert user.has_perm("registry.change_enterprise")
    assert not user.has_perm("people.grant_role")
    assert user.has_module_perms("registry")
    assert "registry.change_enterprise" in user.get_all_permissions()
