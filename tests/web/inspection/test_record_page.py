"""The records of a visit as a sheet, and what the registry states on the visit's own page."""

from __future__ import annotations

from django.urls import reverse


def test_the_sheet_holds_what_was_said_and_every_signature(recorded, browse):
    page = browse(recorded.cast.first).get(reverse("inspection-record", args=[recorded.visit.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "到场亮证",
        "王五",
        "车间生产，废水处理站运行。",
        "first（ZF-1）",
        "PERMIT-E-001",
    ):
        assert words in text
    assert text.count("<path d=") == 3
    assert "style=" not in text


def test_the_sheet_of_another_town_is_not_found(recorded, browse):
    address = reverse("inspection-record", args=[recorded.visit.pk])
    assert browse(recorded.cast.stranger).get(address).status_code == 404


def test_a_visit_s_page_shows_what_need_not_be_asked(recorded, browse):
    text = (
        browse(recorded.cast.first)
        .get(reverse("matter", args=[recorded.visit.pk]))
        .content.decode()
    )
    for words in (
        "许可与登记（不再向企业索取）",
        "DW001 总排口",
        "废水处理站",
        "≤ 80",
        "GB 4287-2012",
    ):
        assert words in text


def test_the_form_asks_one_by_one_and_knows_what_is_needless(recorded, browse):
    address = reverse("matter-step", args=[recorded.visit.pk, "record"])
    text = browse(recorded.cast.first).get(address).content.decode()
    assert "data-one-by-one" in text
    assert 'data-question="refusal_reason" data-shown-when="refuses=yes"' in text
    assert 'data-question="_officers"' in text


def test_a_form_that_lacks_something_comes_back_with_its_signatures(recorded, browse):
    address = reverse("matter-step", args=[recorded.visit.pk, "interview"])
    cast = recorded.cast
    said = cast.interview("2026-02-13", place="") | {
        "_version": recorded.visit.version,
        "_stage": "check",
    }
    said |= {"_officer_1": cast.first.pk, "_officer_2": cast.second.pk}
    answer = browse(cast.first).post(address, said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("已签名；重新签写即替换。") == 3
    assert "答复3" in text


def test_steps_of_the_spot_may_be_taken_along_without_a_network():
    from zhihuan.bureau.field_records.fitness import adds_only, fit_steps
    from zhihuan.lines.inspection.procedure import INSPECTION

    fit = {each.code for each in fit_steps(INSPECTION)}
    assert fit == {"begin", "record", "interview", "sample", "photograph", "leave"}
    adding = {each.code for each in fit_steps(INSPECTION) if adds_only(each)}
    assert adding == {"record", "interview", "sample", "photograph"}


def test_the_checklist_goes_along(recorded, rf):
    from zhihuan.web.inspection.checklist_along import checklist_for

    request = rf.get("/")
    request.user = recorded.cast.first
    terms = checklist_for(request, recorded.visit)["terms"]
    assert any("DW001 总排口" in str(each.term) for each in terms)
