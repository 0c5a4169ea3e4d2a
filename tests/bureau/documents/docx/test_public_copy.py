"""A published copy has what a reader sees, redacted, and nothing else: its bytes are searched, part by part."""

from __future__ import annotations

import pytest
from word_files import W, clean_word, with_body, with_part, word

from zhihuan.bureau.documents.docx.package import parts_of, written
from zhihuan.bureau.documents.docx.plain import seen_only
from zhihuan.bureau.documents.docx.reading import lines_of
from zhihuan.bureau.documents.docx.redacted import public_copy
from zhihuan.bureau.documents.docx.suspicious import unseen
from zhihuan.bureau.documents.redaction.redacting import Known

SECRET = "不可见的秘密"
SEEN = "<w:p><w:r><w:t>可见</w:t></w:r></w:p>"


def run(properties: str = "", text: str = SECRET) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def everything_in(data: bytes) -> str:
    return "".join(content.decode("utf-8", "replace") for content in parts_of(data).values())


HIDING = {
    "vanish": f"<w:p>{run('<w:vanish/>')}</w:p>",
    "web hidden": f"<w:p>{run('<w:webHidden/>')}</w:p>",
    "deleted": f'<w:p><w:del w:author="甲"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>',
    "moved away": f"<w:p><w:moveFrom>{run()}</w:moveFrom></w:p>",
    "field": f"<w:p><w:r><w:instrText>{SECRET}</w:instrText></w:r></w:p>",
    "bookmark": f'<w:p><w:bookmarkStart w:id="1" w:name="{SECRET}"/></w:p>',
    "alternative text": f'<w:p><w:r><w:drawing descr="{SECRET}"/></w:r></w:p>',
    "text box": f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run()}</w:p></w:txbxContent></w:pict></w:r></w:p>",
    "revision mark": f'<w:p w:rsidR="{SECRET}"><w:r w:rsidRPr="{SECRET}"><w:t>x</w:t></w:r></w:p>',
    "author of an insertion": f'<w:p><w:ins w:author="{SECRET}"><w:r><w:t>x</w:t></w:r></w:ins></w:p>',
    "former format": f'<w:p><w:pPr><w:pPrChange w:author="{SECRET}"/></w:pPr></w:p>',
    "processing instruction": f"<w:p><?x {SECRET}?></w:p>",
    "comment in the XML": f"<w:p><!-- {SECRET} --></w:p>",
    "unknown element": f'<w:p><x:y xmlns:x="urn:x">{SECRET}</x:y></w:p>',
    "unknown attribute": f'<w:p xmlns:x="urn:x" x:a="{SECRET}"/>',
    "text outside of runs": f"<w:p>{SECRET}</w:p>",
}


@pytest.mark.parametrize("xml", HIDING.values(), ids=HIDING)
def test_what_a_reader_does_not_see_is_gone(xml):
    given = with_body(SEEN + xml)
    assert SECRET in everything_in(given)
    copy = public_copy(given).data
    assert SECRET not in everything_in(copy)
    assert "可见" in everything_in(copy)


PARTS = ["word/comments.xml", "word/footnotes.xml", "word/header1.xml", "word/settings.xml",
         "docProps/core.xml", "docProps/custom.xml", "customXml/item1.xml", "word/vbaProject.bin",
         "word/embeddings/a.bin", "word/media/image1.png", "word/people.xml"]  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_parts_that_are_not_the_text_are_gone(name):
    copy = public_copy(with_part(name, f"<a>{SECRET}</a>".encode())).data
    assert SECRET not in everything_in(copy)
    assert set(parts_of(copy)) <= {
        "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels",
        "word/document.xml", "word/styles.xml", "word/numbering.xml",
    }  # fmt: skip


def test_text_hidden_by_its_style_or_the_style_below_is_gone():
    styles = (
        f'<w:styles {W}><w:style w:type="character" w:styleId="a"><w:name w:val="{SECRET}"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    styled = run('<w:rStyle w:val="b"/>')
    body = f"{SEEN}<w:p>{styled}</w:p>"
    copy = public_copy(with_part("word/styles.xml", styles.encode(), with_body(body))).data
    assert SECRET not in everything_in(copy)


def test_text_that_is_not_hidden_after_all_stays():
    seen = run('<w:vanish w:val="0"/>', "看得见")
    copy = public_copy(with_body(f"<w:p>{seen}</w:p>")).data
    assert lines_of(copy) == ["看得见"]


def test_inserted_text_stays_as_text():
    copy = public_copy(
        with_body(f"<w:p><w:ins w:author='甲'>{run(text='补入')}</w:ins></w:p>")
    ).data
    assert lines_of(copy) == ["补入"]
    assert unseen(parts_of(copy)) == []


def test_nothing_suspicious_is_left_of_a_document_as_people_make_it():
    given = word("法定代表人：张三", title="决定书", rows=[["联系电话", "13800138000"]])
    assert unseen(parts_of(given))
    copy = public_copy(given).data
    assert unseen(parts_of(copy)) == []
    assert "python-docx" not in everything_in(copy)


def test_a_name_cut_into_runs_is_hidden():
    cut = "<w:p>" + "".join(run(text=sign) for sign in "法定代表人：张三丰在场") + "</w:p>"
    copy = public_copy(with_body(cut))
    assert lines_of(copy.data) == ["法定代表人：张某在场"]
    assert copy.hidden == {"name": 1}


def test_a_label_in_the_cell_before_is_read():
    given = word(
        rows=[
            ["法定代表人", "张三", "联系电话", "88123456"],
            ["住所", "中山市三角镇某路1号", "备注", "张三在场"],
        ]
    )
    assert lines_of(public_copy(given).data) == [
        "法定代表人：张某 联系电话：****",
        "住所：中山市三角镇 备注：张某在场",
    ]


def test_a_name_told_once_is_hidden_in_every_paragraph_before_and_after():
    given = clean_word("张三到场。", "法定代表人：张三", "张三签名")
    assert lines_of(public_copy(given).data) == ["张某到场。", "法定代表人：张某", "张某签名"]


def test_known_names_are_hidden_and_what_must_stay_stays():
    known = Known(names=("李四",), keep=("李四五金店",))
    given = clean_word("当事人李四五金店，经询问李四")
    assert lines_of(public_copy(given, known).data) == ["当事人李四五金店，经询问李某"]


def test_the_same_document_gives_the_same_copy():
    given = clean_word("法定代表人：张三")
    assert public_copy(given).data == public_copy(given).data


def test_a_copy_of_a_copy_is_the_copy():
    once = public_copy(word("法定代表人：张三，电话13800138000", title="决定书")).data
    assert public_copy(once).data == once


def test_looks_survive_what_is_taken_away():
    given = word("正文", title="决定书", rows=[["甲", "乙"]])
    main = seen_only(given)["word/document.xml"].decode()
    assert '<w:pStyle w:val="Title"/>' in main
    assert main.count("<w:tc>") == 2
    styles = seen_only(given)["word/styles.xml"].decode()
    assert 'w:styleId="Title"' in styles
    assert written(seen_only(given))
