"""A redacted copy is published, one at a time, and withdrawn with a reason."""

from __future__ import annotations

import pytest
from word_files import clean_word

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.docx.reading import text_of_document
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.models import Publication
from zhihuan.bureau.documents.numbers.keeping import void
from zhihuan.bureau.documents.publication import copy_for_public, publish, withdraw

LINES = (
    "当事人：{{ party.name }}",
    "法定代表人：张三，电话13800138000",
    "经办时李四在场",
    "{{ document.number }}",
)


@pytest.fixture
def document(to_decide, line, cast):
    line.write("decision.docx", clean_word(*LINES))
    walk = to_decide()
    walk.take("decide", cast.head, "03-05", fine="1", served_on="2026-03-05")
    return walk.matter.documents.get(code="decision")


def test_the_copy_hides_what_labels_and_officers_tell(document):
    text = text_of_document(copy_for_public(document, ["李四"]).data)
    assert text.splitlines() == [
        "当事人：中山某印染厂",
        "法定代表人：张某，电话****",
        "经办时李某在场",
        document.number.text,
    ]


def test_persons_and_addresses_the_line_told_are_hidden(document):
    document.facts["line"] = {"persons": ["李四"], "addresses": []}
    assert "李四" not in text_of_document(copy_for_public(document).data)


def test_what_is_published_is_the_copy_and_is_recorded_without_what_it_hides(document, cast):
    made = publish(document, cast.head, ["李四"], "10.0.0.8")
    text = text_of_document(read(made.digest))
    assert "张三" not in text
    assert made.hidden == {"mobile": 1, "name": 2}
    [entry] = AuditEntry.objects.filter(action="document.publish")
    assert entry.detail["digest"] == made.digest
    assert "张三" not in str(entry.detail)


def test_one_copy_is_public_at_a_time(document, cast):
    first = publish(document, cast.head)
    with pytest.raises(DocumentError, match="public already"):
        publish(document, cast.head)
    withdraw(first, cast.head, "复议撤销原决定")
    publish(document, cast.head, ["李四"])
    assert Publication.objects.count() == 2


def test_a_copy_is_withdrawn_for_a_reason_and_once(document, cast):
    made = publish(document, cast.head)
    with pytest.raises(DocumentError, match="reason"):
        withdraw(made, cast.head, "  ")
    withdraw(made, cast.head, "复议撤销原决定", "10.0.0.8")
    made.refresh_from_db()
    assert made.withdrawn_reason == "复议撤销原决定"
    assert made.withdrawn_by == cast.head
    with pytest.raises(DocumentError, match="already"):
        withdraw(made, cast.head, "再次")


def test_what_is_not_for_the_public_and_what_is_void_is_not_published(document, decided, cast):
    with pytest.raises(DocumentError, match="not published"):
        publish(decided.matter.documents.get(code="note"), cast.head)
    void(document.number, cast.head, "重复")
    document.refresh_from_db()
    with pytest.raises(DocumentError, match="void"):
        publish(document, cast.head)
