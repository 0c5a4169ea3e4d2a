"""What acts in somebody's name asks the same rules as their sign-in."""

from __future__ import annotations

from zhihuan.bureau.people.backend import RoleBackend
from zhihuan.bureau.people.let_in import is_let_in


def test_an_account_in_use_is_let_in_and_a_disabled_one_is_not(person):
    user = person("值班员")
    assert is_let_in(user)
    user.is_active = False
    assert not is_let_in(user)


def test_one_backend_that_objects_is_enough(person, settings, monkeypatch):
    settings.AUTHENTICATION_BACKENDS = [
        "django.contrib.auth.backends.ModelBackend",
        "zhihuan.bureau.people.backend.RoleBackend",
    ]
    user = person("值班员")
    assert is_let_in(user)
    monkeypatch.setattr(RoleBackend, "user_can_authenticate", lambda _self, _user: False)
    assert not is_let_in(user)
