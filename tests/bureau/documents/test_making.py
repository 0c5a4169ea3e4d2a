"""A step makes its documents within its own transaction, each with its number, or the step is undone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from word_files import clean_word

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents import making
from zhihuan.bureau.documents.docx.reading import lines_of
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import digest_of, path_of, read
from zhihuan.bureau.documents.making import made_again, preview
from zhihuan.bureau.documents.models import DocumentNumber, MatterDocument, NumberCounter
from zhihuan.bureau.documents.of_matter import documents_of
from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, Said
from zhihuan.bureau.people.models import Organisation

FINE = {"fine": "30000", "served_on": "2026-03-05"}


def decide(walk, by=None, day="03-05", **said):
    return walk.take("decide", by or walk.cast.head, day, **{**FINE, **said})


def test_the_decision_is_made_with_facts_and_number(decided):
    document = decided.matter.documents.get(code="decision")
    assert lines_of(read(document.digest)) == [
        "行政处罚决定书",
        "当事人：中山某印染厂",
        "统一社会信用代码：",
        "文号：中（三角）环罚字〔2026〕1号",
        "罚款人民币叁万元整（￥30,000元）。",
        "三角分局 二〇二六年三月五日",
    ]
    assert document.number.text == "中（三角）环罚字〔2026〕1号"
    assert document.issuer == decided.cast.here
    assert (document.is_served, document.is_published) == (True, True)
    assert document.made_at == document.event.at


def test_every_document_of_the_step_is_made_in_its_order(decided):
    assert [each.code for each in documents_of(decided.matter)] == ["decision", "note"]
    note = decided.matter.documents.get(code="note")
    assert note.number is None
    assert lines_of(read(note.digest)) == ["办案人：head", "结案说明，某印染厂超标排放，三角镇"]


def test_a_document_is_made_again_byte_for_byte_although_the_template_changed(decided, line):
    document = decided.matter.documents.get(code="decision")
    line.write("decision.docx", clean_word("另一模板"))
    assert made_again(document) == read(document.digest)
    assert digest_of(made_again(document)) == document.digest


def test_the_version_of_the_template_is_that_of_its_file(decided, line):
    data = (line.folder / "decision.docx").read_bytes()
    document = decided.matter.documents.get(code="decision")
    assert document.template_version == digest_of(data)
    assert read(document.template_version) == data


def test_numbers_follow_each_other_by_organisation_and_year(to_decide, cast):
    for day in ("03-05", "03-06"):
        decide(to_decide(), day=day)
    bureau = Organisation.objects.get(kind="bureau")
    cast.head.organisation = bureau
    cast.head.save()
    decide(to_decide(), day="03-09")
    assert [each.text for each in DocumentNumber.objects.order_by("pk")] == [
        "中（三角）环罚字〔2026〕1号",
        "中（三角）环罚字〔2026〕2号",
        "中环罚字〔2026〕1号",
    ]


@pytest.mark.parametrize(
    ("template", "error"),
    [(clean_word("{{ party.phone }}"), r"party\.phone"), (clean_word("{{ party"), r"note\.docx")],
    ids=["missing fact", "broken"],
)
def test_a_document_that_cannot_be_made_undoes_the_step_and_leaves_no_gap(
    to_decide, line, template, error
):
    good = (line.folder / "note.docx").read_bytes()
    line.write("note.docx", template)
    walk = to_decide()
    with pytest.raises(StepRefusedError, match=error):
        decide(walk)
    walk.matter.refresh_from_db()
    assert walk.matter.state == "reviewing"
    assert not MatterDocument.objects.exists()
    assert not DocumentNumber.objects.exists()
    line.write("note.docx", good)
    decide(walk)
    assert DocumentNumber.objects.get().number == 1


def test_a_missing_template_names_where_it_was_looked_for(to_decide, line):
    (line.folder / "decision.docx").unlink()
    line.write("other.docx", b"")
    with pytest.raises(StepRefusedError, match=r"documents/decision\.docx.*papers_line"):
        decide(to_decide())


def test_a_disk_that_takes_nothing_undoes_the_step(to_decide, monkeypatch):
    walk = to_decide()

    def full(_data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "keep", full)
    with pytest.raises(OSError, match="space"):
        decide(walk)
    assert not MatterDocument.objects.exists()
    assert NumberCounter.objects.filter(last__gt=0).count() == 0


def test_the_file_is_on_the_disk_before_its_row_is_written(to_decide, monkeypatch):
    seen = []
    create = MatterDocument.objects.create

    def looking(**fields):
        seen.append(path_of(fields["digest"]).is_file())
        return create(**fields)

    monkeypatch.setattr(MatterDocument.objects, "create", looking)
    decide(to_decide())
    assert seen == [True, True]


def test_each_document_leaves_an_audit_entry_with_its_digest(decided):
    details = [
        each.detail for each in AuditEntry.objects.filter(action="document.make").order_by("pk")
    ]
    assert [each["digest"] for each in details] == [
        each.digest for each in documents_of(decided.matter)
    ]
    assert details[0]["number"] == "中（三角）环罚字〔2026〕1号"


def test_a_made_document_is_never_changed(decided):
    document = decided.matter.documents.first()
    with pytest.raises(PermissionDenied):
        document.save()
    with pytest.raises(PermissionDenied):
        document.delete()
    with pytest.raises(PermissionDenied):
        MatterDocument.objects.update(title="x")
    with pytest.raises(PermissionDenied):
        MatterDocument.objects.all().delete()


def test_a_document_changed_underneath_is_told(decided):
    document = decided.matter.documents.first()
    path = path_of(document.digest)
    path.chmod(0o600)
    path.write_bytes(b"other")
    with pytest.raises(DocumentError, match="not as it was written"):
        read(document.digest)


# ---- preview ---------------------------------------------------------------------------------


def seen_before(walk, by, said=FINE):
    from zhihuan.bureau.matters.catalogue import edition_of

    step = edition_of(walk.matter.procedure, walk.matter.edition).step("decide")
    return preview(walk.matter, step, step.documents[0], Acting(by), Said(said))


def test_a_preview_shows_the_document_and_uses_no_number(to_decide, cast):
    walk = to_decide()
    lines = lines_of(seen_before(walk, cast.head))
    assert "文号：中（三角）环罚字〔" in lines[3]
    assert "〕＿＿号" in lines[3]
    assert lines[4] == "罚款人民币叁万元整（￥30,000元）。"
    assert not NumberCounter.objects.exists()
    assert not MatterDocument.objects.exists()
    assert walk.matter.events.count() == 3
    decide(walk)
    assert DocumentNumber.objects.get().number == 1


def test_a_preview_is_refused_as_the_step_would_be(to_decide, cast):
    walk = to_decide()
    with pytest.raises(StepRefusedError):
        seen_before(walk, cast.stranger)
    with pytest.raises(FormRefusedError):
        seen_before(walk, cast.head, {"fine": "-1"})


# ---- who issues ------------------------------------------------------------------------------


def test_the_mark_laid_down_stands_before_the_town(to_decide, cast):
    from zhihuan.bureau.documents.issuing import lay_down_mark

    lay_down_mark(cast.here, "角")
    decide(to_decide())
    assert DocumentNumber.objects.get().text == "中（角）环罚字〔2026〕1号"


def test_a_branch_without_mark_or_town_is_told_what_to_do(to_decide, cast):
    cast.here.towns.clear()
    cast.head.grants.all().delete()
    from zhihuan.bureau.documents.issuing import mark_of

    with pytest.raises(DocumentError, match="zhihuan documents mark"):
        mark_of(cast.here)


def test_two_branches_of_one_mark_do_not_share_a_number(to_decide, cast):
    from zhihuan.bureau.documents.issuing import the_bureau
    from zhihuan.bureau.documents.numbers.rule import number_rule
    from zhihuan.bureau.documents.numbers.taking import take_number

    other = Organisation.objects.create(name="三角二分局", kind="branch", parent=the_bureau())
    other.towns.set([cast.town])
    decide(to_decide())
    at = MatterDocument.objects.first().made_at
    from django.db import transaction

    with transaction.atomic(), pytest.raises(DocumentError, match="own mark"):
        take_number(number_rule("penalty_decision"), other, at)
