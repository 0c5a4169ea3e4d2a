"""No page leads its reader to a refusal: what one may not open is a word, not a link."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from zhihuan.web.permission import opens


@pytest.mark.parametrize(
    ("role", "url", "wanted"),
    [
        ("registrar", "/registry/enterprises/X/", True),
        ("wall_display", "/registry/enterprises/X/", False),
        ("wall_display", "/registry/points/X/", True),
        ("wall_display", "/registry/sites/X/", False),
        ("registrar", "/registry/limits/1/edit/", True),
        ("duty_officer", "/registry/limits/1/edit/", False),
        ("duty_officer", "/live/?state=normal", True),
        ("enterprise_user", "/portal/", True),
        ("duty_officer", "/portal/", False),
        ("duty_officer", "/nowhere/", True),
    ],
)
def test_a_link_opens_to_whoever_may_look(person, role, url, wanted):
    assert opens(url, person(role)) is wanted


def test_a_stranger_is_led_to_what_is_open_only(db):
    assert opens("/open/", AnonymousUser())
    assert not opens("/registry/points/X/", AnonymousUser())


def test_the_wall_s_record_of_a_point_names_its_site_without_a_link(ours, sign_in):
    site = f"/registry/sites/{ours.site.code}/"
    address = f"/registry/points/{ours.point.code}/"
    officer = sign_in("registrar").get(address).content.decode()
    wall = sign_in("wall_display").get(address).content.decode()
    assert site in officer
    assert site not in wall
    assert str(ours.site) in wall
