"""From the calculator into a case: offered where the reader may act, and opened filled in but not taken."""

from __future__ import annotations

import html
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django import forms

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.declaration import Procedure, State, Step, Who
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import FIELD_OFFICER, SECTION_HEAD
from zhihuan.lines.enforcement.proposing import ReckoningField

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]
EXAMPLE = {
    "ended": "2026-05-01",
    "decided": "2026-07-01",
    "f0": 1,
    "f1": 1,
    "f2": 1,
    "f3": 1,
    "f4": 2,
    "f5": 0,
}


class ProposalForm(forms.Form):
    reasons = forms.CharField(label="理由")
    fine = forms.DecimalField(label="拟处罚款", required=False)
    reckoning = ReckoningField(amount_into="fine")


CASES = Procedure(
    code="hand_over", title="案件", edition="1", basis=Basis("某办法", "", date(2020, 1, 1)), begins="draft",
    states=(State("draft", "调查"), State("done", "终结", end=True)),
    steps=(Step("report", "调查终结", ("draft",), "done", Who({FIELD_OFFICER: Reach.CITY}), form=ProposalForm),
           Step("stop", "终止", ("draft",), "done", Who({SECTION_HEAD: Reach.CITY}))),
)  # fmt: skip


@pytest.fixture
def matter(person):
    catalogue.register(CASES)
    yield open_matter(CASES.code, Acting(person("执法人员")), title="某印染厂超标排放")
    catalogue.forget(CASES.code)


def page_of(browser) -> str:
    return browser.get(f"/discretion/2.7/?{urlencode(EXAMPLE)}").content.decode()


def test_a_case_that_waits_for_a_proposal_is_opened_with_amount_and_reckoning(matter, browser_of):
    browser = browser_of("执法人员")
    (form,) = re.findall(
        r'<form method="post" action="(/matters/[^"]+)">(.*?)</form>', page_of(browser), re.DOTALL
    )
    address, inside = form
    assert "某印染厂超标排放" in inside
    given = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', inside))
    given = {
        name: html.unescape(value) for name, value in given.items() if name != "csrfmiddlewaretoken"
    }
    opened = browser.post(address, given)
    assert opened.status_code == 200
    asked = opened.context["form"]
    assert not asked.is_bound
    assert asked.initial["fine"] == "300000.00"
    assert ReckoningField().clean(asked.initial["reckoning"])["amount"] == "300000.00"
    matter.refresh_from_db()
    assert matter.state == "draft"


def test_who_may_not_propose_is_offered_nothing(matter, browser_of):
    page = page_of(browser_of("科室（分局）负责人"))
    assert "计算结果" in page
    assert 'name="_stage"' not in page


def test_a_case_that_is_over_is_not_offered(matter, browser_of):
    type(matter).objects.filter(pk=matter.pk).update(state="done")
    assert 'name="_stage"' not in page_of(browser_of("执法人员"))
