"""The navigation has a group 事项 with each procedure one may see, and nothing for others."""

from __future__ import annotations

import pytest

GROUP = '<p class="menu-heading">事项</p>'


def page_of(browser, address="/search/"):
    return browser.get(address).content.decode()


@pytest.mark.parametrize("who", ["officer", "owner", "stranger"])
def test_whoever_may_see_a_procedure_finds_it(case, cast, browse, who):
    page = page_of(browse(getattr(cast, who)))
    assert GROUP in page
    assert 'href="/matters/trial_case/"' in page
    assert 'href="/matters/"' in page


def test_whoever_may_not_does_not(case, person, browse):
    page = page_of(browse(person("system_administrator", name="keeper")), "/accounts/mine/")
    assert GROUP not in page
    assert 'href="/matters/' not in page


def test_the_procedures_own_pages_stand_under_its_entry(walk, cast, browse):
    browser = browse(cast.officer)
    current = 'href="/matters/trial_case/" aria-current="page"'
    for address in (
        "/matters/trial_case/",
        "/matters/trial_case/limits/",
        f"/matters/{walk.matter.pk}/",
    ):
        assert current in page_of(browser, address), address
    assert current not in page_of(browser, "/matters/")
