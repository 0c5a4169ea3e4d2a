"""The to-do: counts within scope, each opening a list of exactly as many records."""

from __future__ import annotations

import pytest

from zhihuan.bureau.registry.quality.check import forget


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget()


def counts(browser) -> dict[str, int]:
    return {
        line.check.code: line.count for line in browser.get("/registry/quality/").context["lines"]
    }


@pytest.mark.parametrize("role", ["registrar", "enterprise_user"])
def test_a_count_is_that_of_the_list_it_opens(ours, theirs, sign_in, role):
    browser = sign_in(role, at=ours.enterprise if role == "enterprise_user" else None)
    for line in browser.get("/registry/quality/").context["lines"]:
        assert browser.get(line.url).context["view"].total == line.count, line.check.code


def test_others_records_are_not_counted(ours, theirs, sign_in):
    assert counts(sign_in("registrar"))["contacts_stale"] == 2
    own = counts(sign_in("enterprise_user", at=ours.enterprise))
    assert own["contacts_stale"] == 1
    assert "device_silent" not in own


def test_a_check_of_another_kind_finds_nothing(ours, sign_in):
    page = sign_in("registrar").get("/registry/points/?todo=contacts_stale")
    assert page.context["view"].total == 0


def test_the_to_do_is_closed_without_a_role(ours, browser_of):
    assert browser_of().get("/registry/quality/").status_code == 403
