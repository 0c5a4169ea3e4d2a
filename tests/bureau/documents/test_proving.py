"""Every declared document is proved to have a template that renders with the facts its step is sure to have."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django import forms
from word_files import clean_word, word

from zhihuan.bureau.documents.docx.reading import lines_of
from zhihuan.bureau.documents.proving import document_faults, specimen_of
from zhihuan.bureau.documents.stored import stored_faults
from zhihuan.bureau.matters.catalogue import procedures


@pytest.mark.django_db
def test_every_registered_procedure_can_make_its_documents():
    assert [fault for each in procedures() for fault in document_faults(each)] == []


def test_a_sound_line_has_no_faults(line):
    assert document_faults(line.procedure) == []
    step = line.procedure.step("decide")
    assert (
        "人民币壹万元整（￥10,000元）"
        in lines_of(specimen_of(line.procedure, step, step.documents[0]))[4]
    )


WRONG = {
    "party.phone": clean_word("{{ party.phone }}"),
    # the way to a decision need not lead through an extension
    "said.extend": clean_word("{{ said.extend.why }}"),
    "custom data": word("x"),
    "nofilter": clean_word("{{ party.name|nofilter }}"),
}


@pytest.mark.parametrize(("named", "data"), WRONG.items(), ids=WRONG)
def test_what_a_template_lacks_is_found_before_anybody_takes_the_step(line, named, data):
    line.write("note.docx", data)
    [fault] = document_faults(line.procedure)
    assert "decide makes note" in fault
    assert named in fault


def test_a_step_that_cannot_be_avoided_may_be_spoken_of(line):
    line.write(
        "note.docx", clean_word("{% if said.submit is defined %}{{ said.decide.fine }}{% endif %}")
    )
    assert document_faults(line.procedure) == []


class OptionalForm(forms.Form):
    fine = forms.DecimalField(required=False)


def test_a_field_that_may_be_empty_is_tried_empty(line):
    line.write("decision.docx", clean_word("{{ said.decide.fine|yuan }}"))
    assert document_faults(line.procedure) == []
    steps = tuple(
        replace(each, form=OptionalForm) if each.code == "decide" else each
        for each in line.procedure.steps
    )
    [fault] = document_faults(replace(line.procedure, steps=steps))
    assert "no amount" in fault


def test_a_missing_template_and_an_unknown_rule_are_found(line):
    (line.folder / "note.docx").unlink()
    line.write("other.docx", b"")
    steps = tuple(
        replace(each, documents=tuple(replace(d, number="nothing") for d in each.documents))
        if each.code == "decide"
        else each
        for each in line.procedure.steps
    )
    faults = document_faults(replace(line.procedure, steps=steps))
    assert sum("no rule of numbers 'nothing'" in each for each in faults) == 2
    assert sum("no template 'note.docx'" in each for each in faults) == 1


def test_a_lost_file_is_named(decided):
    from zhihuan.bureau.documents.kept import path_of

    assert stored_faults() == []
    document = decided.matter.documents.first()
    path_of(document.digest).unlink()
    assert stored_faults() == [
        f"document {document.pk}: the file {document.digest} is missing from the documents' folder"
    ]
