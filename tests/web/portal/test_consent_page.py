"""An enterprise agrees to be served electronically in its portal, for itself alone, and may take that back."""

from __future__ import annotations

import pytest
from django.test import Client

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.models import ServiceConsent
from zhihuan.bureau.documents.serving.consenting import agree, standing_consent
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Enterprise


@pytest.fixture(autouse=True)
def _store(platform_store):
    return platform_store


@pytest.fixture
def firm(db):
    return Enterprise.objects.create(
        code="QY1", name="第一印染厂", kind=Organisation.Kind.ENTERPRISE, town=find_town("三角镇"), no_code_reason="模拟"
    )  # fmt: skip


@pytest.fixture
def owner(person, firm):
    return person("enterprise_user", name="owner", at=Organisation.objects.get(pk=firm.pk))


def sent(user, **told):
    browser = Client()
    browser.force_login(user)
    return browser.post("/portal/QY1/electronic-service/", told, follow=True)


def test_it_agrees_with_a_contact_and_takes_it_back(owner, firm):
    assert "请填写收件联系人" in sent(owner, act="agree", contact=" ").content.decode()
    assert standing_consent(firm.pk) is None
    page = sent(owner, act="agree", contact="张三 0760-1").content.decode()
    assert "已同意" in page
    assert "张三 0760-1" in page
    assert standing_consent(firm.pk).agreed_by == owner
    sent(owner, act="withdraw")
    assert standing_consent(firm.pk) is None
    assert ServiceConsent.objects.get().withdrawn_by == owner
    acts = AuditEntry.objects.filter(action__in=("document.consent", "document.unconsent"))
    assert acts.count() == 2


def test_agreeing_twice_leaves_one_that_stands(owner, firm):
    first = agree(firm.pk, "甲", owner)
    assert agree(firm.pk, "乙", owner) == first
    assert ServiceConsent.objects.count() == 1


def test_nobody_agrees_for_another(person, firm):
    other = Organisation.objects.create(name="别的企业", kind="enterprise")
    stranger = person("enterprise_user", name="stranger", at=other)
    assert sent(stranger, act="agree", contact="甲").status_code == 404
    officer = person(
        "field_officer", name="officer", at=Organisation.objects.create(name="局", kind="bureau")
    )
    assert sent(officer, act="agree", contact="甲").status_code == 403
    assert standing_consent(firm.pk) is None
