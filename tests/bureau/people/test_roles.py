"""The roles, the acts they may do, and the separation of the three administrators."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from zhihuan.bureau.people.actions import Action, Reach, declared_actions, register
from zhihuan.bureau.people.models import RoleGrant
from zhihuan.bureau.people.roles import (
    AUDIT_ADMINISTRATOR,
    DUTY_OFFICER,
    FIELD_OFFICER,
    REGISTRAR,
    ROLES,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    WALL_DISPLAY,
    Side,
    incompatible,
)

pytestmark = pytest.mark.django_db


def test_every_action_guards_something_that_exists_and_names_known_roles():
    rooms = {config.label for config in apps.get_app_configs()}
    assert declared_actions()
    for permission, action in declared_actions().items():
        assert permission.partition(".")[0] in rooms
        assert set(action.roles) <= set(ROLES), permission
        assert action.roles, f"nobody may {permission}"


def test_outsiders_reach_their_own_and_nothing_else():
    outside = {code for code, role in ROLES.items() if role.side is Side.OUTSIDE}
    for action in declared_actions().values():
        assert {action.roles[r] for r in outside & set(action.roles)} <= {Reach.OWN}


def test_business_and_administration_share_no_writing_act():
    administration = {c for c, role in ROLES.items() if role.side is Side.ADMINISTRATION}
    for permission, action in declared_actions().items():
        if ".view_" not in permission:
            held = set(action.roles)
            assert held <= administration or not held & administration, permission


def test_no_administrator_grants_rights_and_keeps_accounts():
    granting = declared_actions()["people.grant_role"].roles
    keeping = declared_actions()["people.change_user"].roles
    reading = declared_actions()["audit.view_auditentry"].roles
    assert (set(granting), set(keeping), set(reading)) == (
        {SECURITY_ADMINISTRATOR},
        {SYSTEM_ADMINISTRATOR},
        {AUDIT_ADMINISTRATOR},
    )


@pytest.mark.parametrize(
    ("held", "refused"),
    [
        ([DUTY_OFFICER, FIELD_OFFICER], False),
        ([SYSTEM_ADMINISTRATOR], False),
        ([SYSTEM_ADMINISTRATOR, SECURITY_ADMINISTRATOR], True),
        ([AUDIT_ADMINISTRATOR, DUTY_OFFICER], True),
        ([WALL_DISPLAY], False),
        ([WALL_DISPLAY, DUTY_OFFICER], True),
        ([], False),
    ],
)
def test_an_administrators_role_and_a_walls_stand_alone(held, refused):
    assert incompatible(held) is refused


def test_a_wall_display_only_looks():
    acts = [p for p, act in declared_actions().items() if WALL_DISPLAY in act.roles]
    assert acts
    assert all(".view_" in permission for permission in acts)
    assert not any(declared_actions()[permission].sensitive for permission in acts)


def test_a_grant_that_mixes_the_administrators_is_refused_with_the_reason(person):
    user = person(SYSTEM_ADMINISTRATOR)
    grant = RoleGrant(user=user, role=REGISTRAR, organisation=user.organisation)
    with pytest.raises(ValidationError, match="三员分立"):
        grant.full_clean()


def test_a_second_declaration_of_an_act_must_say_the_same():
    known = declared_actions()["people.view_matrix"]
    register([known])
    with pytest.raises(ValueError, match="declared twice"):
        register([Action(known.permission, known.text, {DUTY_OFFICER: Reach.CITY})])


def test_people_are_shown_by_their_name(person):
    user = person(DUTY_OFFICER, name="zhang")
    user.display_name = "张三"
    assert (str(user), user.get_full_name()) == ("张三", "张三")
    user.display_name = ""
    assert str(user) == "zhang"
