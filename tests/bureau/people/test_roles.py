"""Roles exist after the first migration and hold what is declared."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from zhihuan.bureau.people.roles import (
    ADMINISTRATOR,
    DUTY_OFFICER,
    FIELD_OFFICER,
    ROLES,
    sync_roles,
)

pytestmark = pytest.mark.django_db


def held(role: str) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.mark.parametrize("role", ROLES)
def test_every_declared_permission_exists_and_is_held(role):
    assert held(role) == set(ROLES[role])


def test_a_field_officer_reads_and_orders_nothing():
    assert not {code for code in held(FIELD_OFFICER) if ".view_" not in code}


def test_only_administrators_give_sensitive_orders():
    sensitive = "acquisition.order_sensitive_devicecommand"
    assert [role for role in ROLES if sensitive in held(role)] == [ADMINISTRATOR]


def test_synchronising_again_keeps_what_an_administrator_granted():
    extra = Permission.objects.get(codename="view_auditentry")
    Group.objects.get(name=DUTY_OFFICER).permissions.add(extra)
    sync_roles()
    assert "audit.view_auditentry" in held(DUTY_OFFICER)


def test_people_are_shown_by_their_name(person):
    user = person(DUTY_OFFICER, name="zhang")
    user.display_name = "张三"
    assert (str(user), user.get_full_name()) == ("张三", "张三")
    user.display_name = ""
    assert str(user) == "zhang"
