"""A small bureau with a branch, a section, an enterprise, and people in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client


@dataclass
class House:
    """The bodies of the tests."""

    bureau: Any
    section: Any
    branch: Any
    other: Any
    firm: Any


@pytest.fixture
def house(db: None) -> House:
    """A bureau with a section, a branch for 三角镇 and one for 小榄镇, and an enterprise in 三角镇."""
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    section = Organisation.objects.create(name="法规科", kind="section", parent=bureau)
    branches = []
    for town in ("三角镇", "小榄镇"):
        name = town.replace("镇", "分局")
        branches.append(Organisation.objects.create(name=name, kind="branch", parent=bureau))
        branches[-1].towns.set([find_town(town)])
    firm = Enterprise.objects.create(
        code="QY000001", name="三角模拟印染厂", kind="enterprise", no_code_reason="模拟",
        town=find_town("三角镇"), synthetic=True,
    )  # fmt: skip
    return House(bureau, section, *branches, firm)


@pytest.fixture
def person(person: Callable[..., Any]) -> Callable[..., Any]:
    """As everywhere, but saved as the platform saves an account: its password is never blank."""

    def make(*roles: str, **given: Any) -> Any:
        user = person(*roles, **given)
        if not user.password:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user

    return make


@pytest.fixture(autouse=True)
def _fresh_board() -> None:
    """What pages keep in memory belongs to another test's registry."""
    from zhihuan.web.live.board import board

    board().forget()


@pytest.fixture
def sign_in(person: Any, house: House) -> Callable[..., Client]:
    """``sign_in("security_administrator")``: a browser of somebody who holds that role."""

    def make(*roles: str, name: str = "", at: Any = None) -> Client:
        browser = Client()
        browser.user = person(*roles, name=name or f"u-{'-'.join(roles)}", at=at or house.bureau)
        browser.force_login(browser.user)
        return browser

    return make
