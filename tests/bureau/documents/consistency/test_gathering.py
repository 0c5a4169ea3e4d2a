"""A matter's file is gathered from what was done, made and served, and checked with its line's rules."""

from __future__ import annotations

from datetime import date

import pytest
from word_files import clean_word

from zhihuan.bureau.documents.consistency.gathering import file_of, findings_of
from zhihuan.bureau.documents.consistency.of_a_line import (
    forget_file_rules,
    not_above,
    register_file_rules,
)
from zhihuan.bureau.documents.serving.recording import Attempt, record_service


def test_the_file_has_papers_acts_people_and_what_was_said(decided, cast):
    file = file_of(decided.matter)
    assert file.party == "中山某印染厂"
    assert [each.code for each in file.papers] == ["decision", "note"]
    assert file.papers[0].made_on == date(2026, 3, 5)
    assert "叁万元整" in file.papers[0].text
    assert [each.step for each in file.acts] == ["file", "submit", "decide"]
    assert file.acts[0].people == {str(cast.officer.pk), str(cast.second.pk)}
    assert file.said["decide"]["fine"] == "30000"


def test_an_unserved_decision_is_found_until_it_is_served(decided):
    assert [each.rule for each in findings_of(decided.matter)] == ["not_served"]
    document = decided.matter.documents.get(code="decision")
    served = Attempt("direct", date(2026, 3, 6), "中山某印染厂", "甲、乙", received_by="丙")
    record_service(document, served, None)
    assert findings_of(decided.matter) == []


def test_a_wrong_sum_in_the_words_of_a_template_is_found(to_decide, line, cast):
    line.write("note.docx", clean_word("罚款人民币贰万元整（￥{{ said.decide.fine|yuan }}元）"))
    walk = to_decide()
    walk.take("decide", cast.head, "03-05", fine="30000", served_on="2026-03-05")
    assert "amount" in [each.rule for each in findings_of(walk.matter)]


@pytest.fixture
def ruled(line):
    register_file_rules(
        line.procedure.code, [not_above("decide", "decide2", field="fine", basis="x")]
    )
    yield line
    forget_file_rules(line.procedure.code)


def test_rules_of_the_line_are_asked(ruled, decided, monkeypatch):
    register_file_rules(
        ruled.procedure.code, [not_above("decide", "submit", field="fine", basis="x")]
    )
    assert "above" not in [each.rule for each in findings_of(decided.matter)]


def test_gathering_costs_few_queries(decided, django_assert_max_num_queries):
    decided.matter.refresh_from_db()
    with django_assert_max_num_queries(6):
        file_of(decided.matter)
