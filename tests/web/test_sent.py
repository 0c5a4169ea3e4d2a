"""A form sent empty is a form sent: it says what is missing, and does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import RequestFactory

import zhihuan.web
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.web.sent import sent


def test_sent_empty_is_not_only_shown():
    asked = RequestFactory()
    assert sent(asked.get("/")) is None
    assert sent(asked.post("/")) == {}


def test_no_page_asks_whether_the_fields_are_truthy():
    sources = Path(zhihuan.web.__file__).parent.rglob("*.py")
    wrong = [file for file in sources if "POST or None)" in file.read_text("utf-8")]
    assert wrong == []


def test_there_is_one_way_to_ask_what_was_sent():
    again = 'request.POST if request.method == "POST" else None'
    sources = Path(zhihuan.web.__file__).parent.rglob("*.py")
    assert [each.name for each in sources if again in each.read_text("utf-8")] == ["sent.py"]


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("档案管理员", "/registry/enterprises/QY1/delete/"),
        ("档案管理员", "/registry/points/WS-001/edit/"),
        ("档案管理员", "/registry/enterprises/new/"),
        ("档案管理员", "/registry/imports/"),
        ("档案管理员", "/tokens/new/"),
        ("档案管理员", "/webhooks/new/"),
        ("系统管理员", "/people/accounts/new/"),
        ("系统管理员", "/people/accounts/other/leave/"),
        ("安全管理员", "/people/accounts/other/grant/"),
        ("安全管理员", "/people/accounts/other/lock/"),
        ("科室（分局）负责人", "/people/delegate/"),
    ],
)
def test_a_page_sent_empty_says_what_is_missing(
    outlet, platform_store, person, browser_of, role, address
):
    person("值班员", name="other")
    Enterprise.objects.create(
        code="QY1", name="某厂", kind="enterprise", no_code_reason="模拟", town=outlet.town
    )
    answer = browser_of(role).post(address)
    assert answer.status_code in {200, 422}
    assert 'class="notice error-summary"' in answer.content.decode()
    assert Enterprise.objects.get().code == "QY1"
