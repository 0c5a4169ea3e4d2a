"""The demo's people: a branch and an officer for each town, every role, everything labelled."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from zhihuan.bureau.people.certificate_watch import Standing, officers, standing
from zhihuan.bureau.people.models import EnforcementCertificate, Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import FIELD_OFFICER, LEADER, ROLES
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.demo.city import build_city
from zhihuan.demo.load import load_accounts, load_city
from zhihuan.demo.packaged import packaged
from zhihuan.demo.staffing import load_staff

pytestmark = pytest.mark.django_db
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def today():
    from django.utils import timezone

    return timezone.localdate()


@pytest.fixture
def staffed(today):
    load_city(build_city(20))
    load_accounts()
    load_staff(today)


def test_each_town_has_its_branch_with_an_officer_who_reaches_that_town(staffed):
    towns = Town.objects.filter(abolished=None)
    assert towns.count() == 23
    for town in towns:
        branch = town.organisations.get(kind="branch")
        officer = branch.people.filter(grants__role=FIELD_OFFICER).first()
        assert officer is not None, town
        assert scope_of(officer, "registry.view_contact").towns == {town.code}


def test_every_role_has_somebody_and_everybody_is_labelled(staffed):
    held = set(RoleGrant.objects.in_force().values_list("role", flat=True))
    assert held == set(ROLES)
    assert not User.objects.filter(synthetic=False).exists()
    assert not Organisation.objects.filter(synthetic=False).exists()
    assert all("模拟" in user.display_name for user in User.objects.all())
    numbers = EnforcementCertificate.objects.values_list("number", flat=True)
    assert all(number.startswith("模拟") for number in numbers)


def test_all_rights_pass_the_rules_of_granting(staffed):
    from zhihuan.bureau.people.granting import conflict, place_problem, side_problem

    for grant in RoleGrant.objects.select_related("user__organisation", "organisation"):
        assert place_problem(grant.role, grant.organisation) == ""
        assert side_problem(grant.role, grant.user) == ""
        assert conflict(grant.user, [grant.role], grant.valid_from, grant.valid_until) == ""


def test_the_enterprise_user_sees_their_enterprise_and_no_other(staffed):
    user = User.objects.get(username="enterprise")
    first, other = Enterprise.objects.order_by("code")[:2]
    assert may(user, "registry.view_enterprise", first)
    assert not may(user, "registry.view_enterprise", other)


def test_the_officer_of_the_demo_deals_with_the_enterprise_of_the_demo(staffed):
    officer, enterprise = (User.objects.get(username=name) for name in ("field", "enterprise"))
    town = Enterprise.objects.get(pk=enterprise.organisation_id).town
    assert list(officer.organisation.towns.all()) == [town]


def test_the_leader_is_stood_in_for(staffed, today):
    lent = RoleGrant.objects.get(on_behalf_of__username="leader")
    assert (lent.user.username, lent.role) == ("head", LEADER)
    assert RoleGrant.objects.in_force(today).filter(pk=lent.pk).exists()


def test_certificates_of_every_kind_occur(staffed, today):
    found = {standing(o.certificate_issued, o.certificate_expires, today) for o in officers(today)}
    assert found == {Standing.VALID, Standing.ENDING, Standing.ENDED, Standing.NONE}


def test_loading_again_changes_nothing(staffed, today):
    models = (User, Organisation, RoleGrant, EnforcementCertificate)
    before = [set(model.objects.values_list("pk", flat=True)) for model in models]
    load_accounts()
    load_staff(today + dt.timedelta(days=3))
    assert [set(model.objects.values_list("pk", flat=True)) for model in models] == before


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readmes_table_of_accounts_is_true(name):
    table = packaged("accounts")
    rows = [*table["accounts"], table["officer"], table["enterprise"]]
    text = (REPOSITORY / name).read_text("utf-8")
    told = dict(re.findall(r"^\| `([a-z]+)` \| ([^|]+?) \|", text, re.MULTILINE))
    assert told == {row["username"]: str(ROLES[row["role"]].name) for row in rows}
    assert f"`{table['password']}`" in text
