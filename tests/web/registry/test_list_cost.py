"""Every list of the registry, in every order and with every filter, costs few queries, however many rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.web.listing import ChoiceFilter, FlagFilter, TextFilter
from zhihuan.web.registry.nouns import nouns

pytestmark = pytest.mark.usefixtures("platform_store")
MOST = 12
LISTS = [noun for noun in nouns().values() if noun.listing is not None]


def questions(listing) -> list[str]:
    """As it stands, falling and rising by every column, by every option of every filter."""
    asked = [""]
    for column in listing.columns:
        asked += [f"sort={way}{column.name}" for way in ("", "-") if column.sort]
    for each in listing.filters:
        if isinstance(each, TextFilter):
            asked.append(f"{each.name}=厂")
        elif isinstance(each, FlagFilter):
            asked.append(f"{each.name}=1")
        elif isinstance(each, ChoiceFilter):
            options = each.options(None) if each.name == "todo" else each.options
            values = ["442000109"] if callable(options) else [str(value[0]) for value in options]
            asked += [f"{each.name}={value}" for value in values]
    return asked


@pytest.mark.parametrize("noun", LISTS, ids=lambda noun: noun.code)
@pytest.mark.parametrize("role", ["field_officer", "enterprise_user"])
def test_a_list_costs_at_most_twelve_queries(noun, role, works, branch, sign_in):
    made = [works("三角镇", number) for number in range(1, 6)]
    browser = sign_in(role, at=branch if role == "field_officer" else made[0].enterprise)
    if browser.get(noun.list_url).status_code == 403:
        pytest.skip("not for this role")
    costs = {}
    for asked in questions(noun.listing):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"{noun.list_url}?{asked}").status_code == 200, asked
        costs[asked] = len(queries)
    dear = {asked: cost for asked, cost in costs.items() if cost > MOST}
    assert not dear
