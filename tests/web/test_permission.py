"""Every address says who may open it, and opens to nobody else: each address, each role."""

from __future__ import annotations

import re
from http import HTTPStatus
from inspect import iscoroutinefunction

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from zhihuan.bureau.people.actions import Reach, declared_actions
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.roles import ROLES, WALL_DISPLAY, Side
from zhihuan.bureau.places.city import find_town
from zhihuan.web.permission import Entry, entry_of, everybody, requires, signed_in

ORDER = "acquisition.order_devicecommand"
VIEW = "acquisition.view_devicecommand"


def addresses(resolver=None, before="") -> list[tuple[str, URLPattern]]:
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            found += addresses(each, route)
        else:
            found.append((route, each))
    return found


def test_every_address_says_who_may_open_it():
    silent = [route for route, each in addresses() if entry_of(each.callback) is None]
    assert silent == [], "say requires, signed_in or everybody (web/permission.py) on their views"


def test_every_permission_that_an_address_asks_for_is_declared():
    asked = {p for _route, each in addresses() for p in entry_of(each.callback).permissions}
    assert asked - set(declared_actions()) == set()


# ---- the declaration itself -------------------------------------------------------------------


@pytest.fixture
def ask(rf, person):
    def open_as(view, *roles, user=None):
        request = rf.get("/")
        request.user = user or person(*roles)
        return view(request)

    return open_as


def page(_request):
    return HttpResponse("here")


def test_a_permission_opens_and_its_absence_refuses_in_words(ask):
    view = requires(VIEW)(page)
    assert ask(view, "值班员").content == b"here"
    with pytest.raises(PermissionDenied):
        ask(view, "系统管理员")


def test_a_stranger_is_asked_to_sign_in(ask):
    answer = ask(requires(VIEW)(page), user=AnonymousUser())
    assert answer.status_code == HTTPStatus.FOUND
    assert "/accounts/login/" in answer["Location"]


def test_requirements_add_up(ask):
    view = requires(VIEW)(requires(ORDER)(page))
    assert entry_of(view) == Entry((VIEW, ORDER))
    with pytest.raises(PermissionDenied):
        ask(view, "执法人员")
    assert ask(view, "值班员").content == b"here"


def test_what_shows_the_whole_city_asks_for_its_reach(ask, person, db):
    branch = Organisation.objects.create(name="分局", kind="branch")
    branch.towns.add(find_town("小榄镇"))
    view = requires("registry.change_monitoringpoint", everywhere=True)(page)
    with pytest.raises(PermissionDenied):
        ask(view, user=person("档案管理员", name="branch", at=branch))
    assert ask(view, "档案管理员").content == b"here"


def test_a_requirement_without_permission_is_refused():
    with pytest.raises(ValueError, match="name a permission"):
        requires()


def test_the_words_stay_on_the_view():
    assert entry_of(signed_in(lambda request: None)) == Entry()
    assert entry_of(everybody("the way in")(lambda request: None)).why_open == "the way in"


# ---- each address, each role ------------------------------------------------------------------

#: What stands in for the parts of an address: nothing has this key, so a view that lets in says 404.
_PARTS = {
    "int": 987_654,
    "str": "0000",
    "slug": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "none",
}


def _address(route: str) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: str(_PARTS[part[1] or "str"]), route)


def _homes() -> dict[Side, Organisation]:
    bureau = Organisation.objects.create(name="局", kind="bureau")
    firm = Organisation.objects.create(name="某企业", kind="enterprise")
    return {Side.BUREAU: bureau, Side.ADMINISTRATION: bureau, Side.OUTSIDE: firm}


def _may_open(entry: Entry, role) -> bool:
    """Written from the declarations alone, apart from the code that keeps them. The holder's place
    is the bureau, which is not bound to towns, or an enterprise outside."""
    for permission in entry.permissions:
        reach = declared_actions()[permission].roles.get(role.code)
        outside = role.side is Side.OUTSIDE
        reaches_city = reach is Reach.CITY or (reach is Reach.TERRITORY and not outside)
        if reach is None or (entry.everywhere and not reaches_city):
            return False
    return True


@pytest.mark.parametrize("role", list(ROLES.values()), ids=list(ROLES))
def test_each_role_gets_through_exactly_the_doors_that_its_rights_open(
    role, person, client, platform_store
):
    user = person(role.code, at=_homes()[role.side])
    client.force_login(user)
    wrong = []
    for route, each in addresses():
        entry = entry_of(each.callback)
        if not entry.why_open and _gets_in(client, user, route, each) != _may_open(entry, role):
            wrong.append(route)
    assert wrong == []


def _gets_in(client, user, route: str, each: URLPattern) -> bool:
    if iscoroutinefunction(each.callback):  # a stream has no end: its door alone
        return entry_of(each.callback).admits(user)
    answer = client.get(_address(route))
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, route
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer = client.post(_address(route))
        if {grant.role for grant in user.grants.all()} == {WALL_DISPLAY}:  # it sends nothing at all
            assert answer.status_code == HTTPStatus.FORBIDDEN, route
            return entry_of(each.callback).admits(user)
    return answer.status_code != HTTPStatus.FORBIDDEN


def test_no_address_but_the_open_ones_answers_a_stranger(client, platform_store):
    for route, each in addresses():
        if entry_of(each.callback).why_open:
            continue
        for method in (client.get, client.post):
            answer = method(_address(route))
            assert answer.status_code in {302, 401, 405}, route  # 401: what a program asks
            if answer.status_code == 302:
                assert "/accounts/login/" in answer["Location"], route
