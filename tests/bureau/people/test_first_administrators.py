"""Whoever keeps the machine may act without a right only while nobody holds it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhihuan.bureau.people.first_administrators import nobody_may
from zhihuan.bureau.people.models import User

pytestmark = pytest.mark.django_db
RIGHT = "people.add_user"


def test_on_a_new_installation_nobody_may():
    assert nobody_may(RIGHT)


def test_somebody_who_holds_another_right_changes_nothing(person):
    person("安全管理员")
    assert nobody_may(RIGHT)


@pytest.mark.parametrize("barred", ["is_active", "locked_at"])
def test_a_holder_ends_it_while_they_can_sign_in(person, barred):
    user = person("系统管理员")
    assert not nobody_may(RIGHT)
    setattr(user, barred, False if barred == "is_active" else timezone.now())
    user.save()
    assert nobody_may(RIGHT)


def test_a_role_that_ended_holds_nothing(person):
    user = person("系统管理员")
    user.grants.update(revoked_at=timezone.now())
    assert nobody_may(RIGHT)


def test_a_superuser_holds_everything():
    User.objects.create_superuser("root")
    assert not nobody_may(RIGHT)
