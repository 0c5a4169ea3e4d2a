"""What every page of somebody needs comes with their account, in one query."""

from __future__ import annotations

import pytest
from django.db.models import F

from zhihuan.bureau.people import read_along
from zhihuan.bureau.people.backend import RoleBackend
from zhihuan.bureau.people.read_along import register_read_along

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_register(monkeypatch):
    monkeypatch.setattr(read_along, "_registered", dict(read_along._registered))


def test_figures_and_the_organisation_come_with_the_account(person, django_assert_num_queries):
    user = person("duty_officer", name="duty")
    register_read_along("twice", lambda: F("pk") * 2)
    with django_assert_num_queries(1):
        found = RoleBackend().get_user(user.pk)
        assert found.twice == 2 * user.pk
        assert str(found.organisation) == "市生态环境局"
        assert found.unread_messages is None  # none


def test_it_is_the_account_that_a_queryset_gives(person, django_user_model):
    for user in (
        person("duty_officer", name="duty"),
        django_user_model.objects.create(username="alone"),
    ):
        found = RoleBackend().get_user(user.pk)
        plain = django_user_model.objects.select_related("organisation").get(pk=user.pk)
        shown = {k: v for k, v in vars(found).items() if k in vars(plain) and k != "_state"}
        assert shown == {k: v for k, v in vars(plain).items() if k != "_state"}
        assert found.organisation == plain.organisation


def test_a_locked_account_is_still_not_let_in(person, django_user_model):
    from django.utils import timezone

    user = person("duty_officer", name="duty")
    django_user_model.objects.filter(pk=user.pk).update(locked_at=timezone.now())
    assert RoleBackend().get_user(user.pk) is None
    assert RoleBackend().get_user(987_654) is None


def test_a_name_is_taken_once():
    register_read_along("figure", lambda: F("pk"))
    with pytest.raises(ValueError, match="read along already"):
        register_read_along("figure", lambda: F("pk"))
