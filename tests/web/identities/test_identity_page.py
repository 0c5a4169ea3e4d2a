"""The number of an identity document: masked on every page, in clear by a button of few, each look written down."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.models import MatterDocument

NUMBER, MASK = "449900199001010017", "4499**********0017"
STREET = "广东省中山市三角镇模拟路 2 号"
PERSON = {
    "party_kind": "person", "id_name": "王小二", "id_document": "resident_card", "id_number": NUMBER, "id_address": STREET,
}  # fmt: skip


@pytest.fixture
def case(cast):
    from case_walk import FOUND, Walk, nine

    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    about = {"title": "露天焚烧案", "town": cast.town}
    walk = Walk(cast, open_matter("penalty_case", Acting(cast.officer, at=nine(FOUND)), **about))
    return walk.to_filed(**PERSON).to_review(proposed_fine="4000").to_notice(notified_fine="4000")


def address(case):
    return f"/matters/{case.matter.pk}/identity/"


def test_the_page_shows_the_mask_until_it_is_asked(case, cast, browse):
    page = browse(cast.officer).get(address(case)).content.decode()
    assert MASK in page
    assert "三角镇****" in page
    assert NUMBER not in page
    assert "模拟路" not in page
    assert not AuditEntry.objects.filter(action="identity.view").exists()


def test_a_look_is_written_down_and_listed(case, cast, browse):
    answer = browse(cast.officer).post(address(case))
    assert NUMBER in answer.content.decode()
    assert STREET in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(action="identity.view")
    assert (entry.actor, entry.subject) == (cast.officer, f"matter:{case.matter.pk}")
    assert NUMBER not in str(entry.detail)
    again = browse(cast.head).get(address(case)).content.decode()
    assert cast.officer.username in again.split("谁查看过")[1]


@pytest.mark.parametrize("who", ["reviewer", "lawyer", "head", "leader"])
def test_whoever_reviews_or_decides_may_look(case, cast, browse, who):
    assert NUMBER in browse(getattr(cast, who)).post(address(case)).content.decode()


@pytest.mark.parametrize("role", ["duty_officer", "registrar", "system_administrator"])
def test_nobody_else_may(case, cast, browse, person, role):
    browser = browse(person(role, name="else"))
    assert browser.get(address(case)).status_code in {403, 404}
    assert browser.post(address(case)).status_code in {403, 404}
    assert not AuditEntry.objects.filter(action="identity.view").exists()


def test_for_another_branch_the_case_does_not_exist(case, cast, browse, person):
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town

    there = Organisation.objects.create(name="小榄分局", kind="branch")
    there.towns.set([find_town("小榄镇")])
    browser = browse(person("field_officer", name="stranger", at=there))
    assert browser.post(address(case)).status_code == 404


def test_a_party_that_is_a_body_has_no_such_page(cast, browse):
    from case_walk import Walk

    walk = Walk.opened(cast)
    assert browse(cast.officer).get(address(walk)).status_code == 404


def test_no_other_page_has_it(case, cast, browse):
    browser, pk = browse(cast.officer), case.matter.pk
    notice = MatterDocument.objects.get(code="notice")
    for page in (
        f"/matters/{pk}/", f"/matters/{pk}/file/", "/matters/", "/matters/penalty_case/", f"/documents/{notice.pk}/",
        f"/matters/{pk}/steps/identify/", f"/search/?q={NUMBER[:10]}", "/inbox/",
    ):  # fmt: skip
        text = browser.get(page).content.decode()
        assert NUMBER not in text, page
        assert "模拟路" not in text, page
    assert MASK in browser.get(f"/matters/{pk}/").content.decode()
    assert MASK in browser.get(f"/documents/{notice.pk}/").content.decode()


def test_the_paper_itself_has_it_in_full_and_its_download_is_written_down(case, cast, browse):
    from zhihuan.bureau.documents.docx.reading import text_of_document

    notice = MatterDocument.objects.get(code="notice")
    answer = browse(cast.officer).get(f"/documents/{notice.pk}/download/")
    assert NUMBER in text_of_document(b"".join(answer.streaming_content))
    assert AuditEntry.objects.filter(action="document.download").count() == 1


def test_answers_are_checked_with_the_mask(case, cast, browse):
    """Before the step is taken the page says them once more."""
    browser = browse(cast.officer)
    told = {
        "source": "check",
        "found_on": timezone.localdate().isoformat(),
        "what": "焚烧",
        "_stage": "check",
        **PERSON,
    }
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    fresh = open_matter("penalty_case", Acting(cast.officer), title="另一案", town=cast.town)
    told["_version"] = str(fresh.version)
    page = browser.post(f"/matters/{fresh.pk}/steps/register/", told).content.decode()
    assert MASK in page
    # what was typed goes along hidden, for the button that takes the step
    assert page.count(NUMBER) == 1
