"""A document shown in a page is text and shape; nothing in it can act."""

from __future__ import annotations

import pytest
from word_files import clean_word, with_body, with_part, word

from zhihuan.bureau.documents.docx.page import cleaned, html_of


def test_paragraphs_tables_and_titles_come_out():
    html = html_of(word("第一段", title="决定书", rows=[["甲", "乙"]]))
    assert html.startswith('<p class="paper-title">决定书</p><p>第一段</p><table>')
    assert "<td><p>甲</p></td>" in html


def test_markup_in_the_text_is_text():
    html = html_of(clean_word("<script>alert(1)</script><img src=x onerror=alert(1)>"))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def placed(*paragraphs: tuple[str, str]) -> str:
    """Paragraphs of plain style, each with where it stands."""
    return "".join(
        f'<w:p><w:pPr><w:jc w:val="{where}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for text, where in paragraphs
    )


def test_what_stands_in_the_middle_or_at_the_right_does_so_in_the_page():
    lines = (("告知书", "center"), ("甲〔2026〕1号", "center"), ("正文", "both"), ("某局", "right"))
    assert html_of(with_body(placed(*lines))) == (
        '<p class="paper-title">告知书</p><p class="paper-middle">甲〔2026〕1号</p><p>正文</p>'
        '<p class="paper-signed">某局</p>'
    )


def test_a_title_by_its_style_stays_the_only_one():
    titled = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>决定书</w:t></w:r></w:p>'
    html = html_of(with_body(titled + placed(("甲〔2026〕1号", "center")), word(title="决定书")))
    assert html == '<p class="paper-title">决定书</p><p class="paper-middle">甲〔2026〕1号</p>'


def test_in_a_table_the_page_gives_the_places():
    cell = f"<w:tbl><w:tr><w:tc>{placed(('甲', 'center'))}</w:tc></w:tr></w:tbl>"
    assert "<td><p>甲</p></td>" in html_of(with_body(cell))


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId9" TargetMode="External" Target="{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
)
LINKED = (
    '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9">'
    "<w:r><w:t>点我</w:t></w:r></w:hyperlink></w:p>"
)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "https://example.com"]
)
def test_links_become_their_words(target):
    data = with_part(
        "word/_rels/document.xml.rels", RELATIONS.format(target).encode(), with_body(LINKED)
    )
    assert html_of(data) == "<p>点我</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<p style='position:fixed'>x</p>",
        "<iframe src=//x></iframe>",
        "<svg onload=alert(1)>",
        "<math><mi xlink:href='data:x'></mi></math>",
        "<a href=javascript:alert(1)>x</a>",
        "<img src=x onerror=alert(1)>",
        "<p class='btn btn-danger'>x</p>",
        "<td colspan='2' onmouseover=x>x</td>",
        "<form action=//x><input></form>",
        "<p id=main>x</p>",
        "<!-- x --><style>p{}</style>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    ],
)
def test_hostile_html_is_harmless(html):
    out = cleaned(html)
    for bad in (
        "script",
        "onclick",
        "style",
        "iframe",
        "svg",
        "math",
        "href",
        "<img",
        "btn",
        "onmouse",
        "form",
        "id=",
        "<!--",
        "onload",
    ):
        assert bad not in out.lower().replace("onerror=alert(1)&gt;", ""), out
