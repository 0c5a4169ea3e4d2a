"""The calculator for programs: the same answers and refusals as the page's, as far as the token goes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from zhihuan.bureau.access.issuing import issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]
USE = "web.use_discretion"
ROOT = "/api/v1/discretion/"


@pytest.fixture
def program(person):
    """``program(scope, …)``: asks with a token of an officer."""

    def make(*scopes: str):
        officer = person("执法人员")
        end = timezone.now() + dt.timedelta(days=1)
        text = issue(officer, name="程序", scopes=scopes, expires_at=end, by=officer).text
        client = Client(headers={"Authorization": f"Bearer {text}"})

        def ask(address: str, body=None):
            if body is None:
                return client.get(ROOT + address)
            return client.post(ROOT + address, body, content_type="application/json")

        return ask

    return make


def test_case_types_are_listed_and_told_in_detail(program):
    ask = program(USE)
    assert len(ask("case-types").json()) == 103
    found = ask("case-types?kind=provincial&q=水污染物 排放标准").json()
    assert "2.7" in {each["case_id"] for each in found}
    told = ask("case-types/2.7").json()
    assert told["factors"][0]["levels"][1] == {"name": "2个", "weight": "2%"}
    assert told["like"] == ["PW08"]
    assert ask("case-types/PW08").json()["ranges"] == [
        "10万元以上100万元以下",
        "工业噪声 2万元以上20万元以下",
    ]
    assert ask("case-types/9.9").status_code == 404


def test_a_reckoning_is_told_as_plain_values(program):
    question = {"case_id": "2.7", "act_on": "2026-05-01", "answers": {"超标因子数目": "3个以上"}}
    told = program(USE)("reckonings", question).json()
    assert (told["total"], told["amount"]) == ("15%", "150000.00")
    assert told["steps"][-1] == "罚款金额 = 15% × 100万元 = 15万元"


def test_bases_are_exact(program):
    question = {"case_id": "4.7", "act_on": "2026-05-01", "bases": {"所需处置费用": "123456.78"}}
    assert program(USE)("reckonings", question).json()["amount"] == "123456.78"


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"act_on": "2026-08-15"}, "case_id", "废止"),
        ({"answers": {"天气": "晴"}}, "answers", "没有裁量因素"),
        ({"case_id": "27"}, "case_id", ""),
        ({"weather": "fine"}, "weather", ""),
        ({"bases": {"所需处置费用": "-1"}}, "bases", ""),
    ],
)
def test_refusals_name_field_and_reason(program, changed, field, why):
    question = {"case_id": "2.7", "act_on": "2026-05-01"} | changed
    answer = program(USE)("reckonings", question)
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert field in error["field"]
    assert why in error["what"]


def test_a_token_without_the_scope_is_refused(program):
    ask = program("registry.view_site")
    assert ask("case-types").status_code == 403
    assert ask("reckonings", {"case_id": "2.7", "act_on": "2026-05-01"}).status_code == 403
