"""A template and facts make a document: always the same, or an error that names the placeholder."""

from __future__ import annotations

import time

import pytest
from word_files import clean_word, template, with_body, with_part, word

from zhihuan.bureau.documents.docx.package import parts_of
from zhihuan.bureau.documents.docx.reading import lines_of, text_of_document
from zhihuan.bureau.documents.faults import MissingFactError, TemplateFaultError
from zhihuan.bureau.documents.filling import check_template, filled
from zhihuan.bureau.documents.template import Template

FACTS = {
    "party": {"name": "中山市三角印染有限公司"},
    "amount": "30000",
    "at": "2026-08-14T17:00:00+00:00",
    "rows": [{"name": "甲"}, {"name": "乙"}],
    "empty": None,
}


def text(*lines: str, facts=FACTS, **more) -> str:
    return text_of_document(filled(template(*lines, **more), facts))


def test_the_bureaus_ways_of_writing():
    assert text("{{ party.name }}") == "中山市三角印染有限公司"
    assert text("{{ amount|yuan }}元（{{ amount|words }}）") == "30,000元（叁万元整）"
    # five in the evening in London is the next day in Beijing
    assert text("{{ at|day }}") == "2026年8月15日"
    assert text("{{ at|day_in_characters }}") == "二〇二六年八月十五日"
    assert text("{{ at|moment }}") == "2026年8月15日1时00分"
    assert text("[{{ empty }}][{{ empty|day }}]") == "[][]"


def test_rows_of_a_table_repeat():
    rows = [["{%tr for row in rows %}"], ["{{ row.name }}"], ["{%tr endfor %}"]]
    assert lines_of(filled(template(rows=rows), FACTS)) == ["甲", "乙"]


def test_the_same_facts_give_the_same_bytes_at_any_time():
    one = filled(template("{{ party.name }}"), FACTS)
    time.sleep(2.1)  # the clock of ZIP archives ticks every two seconds
    assert filled(template("{{ party.name }}"), dict(reversed(FACTS.items()))) == one


def test_who_wrote_the_template_is_not_told():
    made = filled(Template("tests", "a.docx", word("x")), FACTS)
    assert not [name for name in parts_of(made) if name.startswith("docProps")]
    assert b"docProps" not in b"".join(parts_of(made).values())


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("{{ party.nmae }}", "party.nmae"),
        ("{{ prty.name }}", "prty"),
        ("{{ party.name.first }}", "first"),
        ("{% for row in rows %}{{ row.title }}{% endfor %}", "title"),
        ("{% if party.unknown %}x{% endif %}", "party.unknown"),
        ("{{ missing|day }}", "missing"),
    ],
)
def test_what_is_not_among_the_facts_is_named_with_its_template(asked, named):
    with pytest.raises(MissingFactError) as caught:
        filled(template(asked), FACTS)
    assert named in caught.value.placeholder
    assert "documents/a.docx" in str(caught.value)


def test_what_there_is_in_its_place_is_told():
    with pytest.raises(MissingFactError, match="there are: name"):
        filled(template("{{ party.nmae }}"), FACTS)


@pytest.mark.parametrize(
    "wrong",
    ["{{ party.name", "{% if %}", "{{ party | nofilter }}", "{{ party }}", "{{ party.name|yuan }}",
     "{{ amount.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ rows.append(1) }}",
     "{{ party.name.format.__globals__ }}", "{% include 'x' %}", "{{ '<w:p/>'|safe }}", "{{ rows|random }}"],
)  # fmt: skip
def test_a_template_that_is_wrong_or_reaches_for_more_is_refused(wrong):
    with pytest.raises(TemplateFaultError, match=r"a\.docx"):
        filled(template(wrong), FACTS)


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "<w:p><w:r/></w:p>",
        "]]>",
        "&lt;",
        "a\x00\x08\x0b\x0c\x1fb",
        "{_{ 1 }_}",
        "\a换段\f换页",
    ],
)
def test_facts_are_text_whatever_they_look_like(hostile):
    made = filled(template("【{{ x }}】"), {"x": hostile})
    [line] = lines_of(made)
    visible = "".join(sign for sign in hostile if sign >= " ")
    if hostile != "{_{ 1 }_}":  # docxtpl's own way of writing braces
        assert line == f"【{visible}】"


def test_line_breaks_of_a_fact_stay_within_its_paragraph():
    [line] = [text("{{ x }}", facts={"x": "甲\r\n乙\n丙"})]
    assert line == "甲\n乙\n丙"


TABLE = "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
BREAKING = {
    "condition that ends in a table": "<w:p><w:r><w:t>{% if empty %}</w:t></w:r></w:p>"
    + TABLE.format("{% endif %}"),
    "table without a grid": "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
}


@pytest.mark.parametrize("body", BREAKING.values(), ids=BREAKING)
def test_a_template_whose_rendering_breaks_the_document_is_refused(body):
    with pytest.raises(TemplateFaultError, match=r"a\.docx"):
        filled(Template("tests", "a.docx", with_body(body)), FACTS)


HOLDS = {
    "comments": with_body('<w:p><w:commentRangeStart w:id="0"/></w:p>'),
    "tracked changes": with_body("<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"),
    "hidden text": with_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>"),
    "a macro": with_part("word/vbaProject.bin", b"x"),
    "an embedded object": with_part("word/embeddings/a.bin", b"x"),
    "custom data": with_part("customXml/item1.xml", b"<a/>"),
    "a link to outside": with_part(
        "word/_rels/settings.xml.rels",
        b'<Relationships xmlns="x"><Relationship Id="a" TargetMode="External" Target="http://x/t.dotm" Type="attachedTemplate"/></Relationships>',
    ),
}


@pytest.mark.parametrize(("what", "data"), HOLDS.items(), ids=HOLDS)
def test_a_template_with_something_unseen_is_refused_and_told(what, data):
    with pytest.raises(TemplateFaultError, match=what):
        check_template(Template("tests", "a.docx", data))


def test_a_clean_template_passes():
    check_template(Template("tests", "a.docx", clean_word("x", title="决定书", rows=[["甲"]])))


def test_bytes_that_are_no_template_are_refused():
    with pytest.raises(TemplateFaultError):
        check_template(Template("tests", "a.docx", b"x"))
    with pytest.raises(TemplateFaultError):
        filled(Template("tests", "a.docx", b"x"), FACTS)
