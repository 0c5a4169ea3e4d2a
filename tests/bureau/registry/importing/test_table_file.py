"""Files from strangers: read by content, bounded, hostile ones refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from zhihuan.bureau.registry.importing import table_file
from zhihuan.bureau.registry.importing.table_file import FileRefusedError, read_table


def excel(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        excel(("编码", "名称"), ("A1", "甲"), (None, None), ("A2", 2)),
        "编码,名称\nA1,甲\n,\nA2,2\n".encode("utf-8-sig"),
        "编码\t名称\r\nA1\t甲\r\n\r\nA2\t2".encode("gb18030"),
        "编码;名称\nA1;甲\n;\nA2;2".encode(),
    ],
    ids=["xlsx", "utf-8 with mark", "gb18030 with tabs", "semicolons"],
)
def test_a_table_is_read_with_the_row_numbers_a_spreadsheet_shows(content):
    table = read_table(content)
    assert table.headings == ("编码", "名称")
    assert [(n, cells[0], str(cells[1])) for n, cells in table.rows] == [
        (2, "A1", "甲"),
        (4, "A2", "2"),
    ]


def test_headings_may_stand_below_empty_rows():
    table = read_table(excel((), ("编码",), ("A1",)))
    assert (table.headings, table.rows) == (("编码",), ((3, ("A1",)),))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空的"),
        (b"\n\n", "空的"),
        (b"\xd0\xcf\x11\xe0 old", r"\.xls"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"a,b\n\x00", "不是表格"),
        (b'a,b\n"x', "引号"),
        (b"\xff\xfe\xfa\xfb" * 9 + b"\xff", "编码"),
        (b",".join([b"x"] * 101), "列数"),
        (with_part(excel(("a",)), "xl/vbaProject.bin", b"x"), "宏"),
        (with_part(excel(("a",)), "xl/worksheets/s9.xml", b"<!DOCTYPE x []><x/>"), "文档类型"),
        (with_part(excel(("a",)), "xl/media/big.bin", b"0" * (40 << 20)), "展开后过大"),
        (excel(("a",))[:-200], "损坏"),
    ],
)
def test_what_cannot_be_read_is_told(content, told):
    with pytest.raises(FileRefusedError, match=told):
        read_table(content)


def test_another_archive_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(FileRefusedError, match="不是 Excel"):
        read_table(file.getvalue())


def test_too_many_bytes_or_rows_are_refused(monkeypatch):
    monkeypatch.setattr(table_file, "MOST_ROWS", 3)
    with pytest.raises(FileRefusedError, match="行数"):
        read_table(b"a\n1\n2\n3\n4\n")
    monkeypatch.setattr(table_file, "MOST_BYTES", 5)
    with pytest.raises(FileRefusedError, match="MB"):
        read_table(b"a\n1\n2\n3\n")


def test_a_formula_is_never_executed_and_never_text():
    book = Workbook()
    book.active.append(["编码"])
    book.active.append(['=WEBSERVICE("http://localhost/")'])
    book.active.append(["A1"])
    assert [cells for _n, cells in read_table(saved(book)).rows] == [("A1",)]


def test_a_link_into_another_file_is_not_followed():
    book = Workbook()
    book.active.append(["编码", "名称"])
    book.active.append(["A1", "=[1]Sheet1!A1"])
    links = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<externalBook/></externalLink>"
    )
    content = with_part(saved(book), "xl/externalLinks/externalLink1.xml", links)
    assert [cells for _n, cells in read_table(content).rows] == [("A1",)]


def test_a_sheet_that_claims_a_million_rows_costs_what_it_holds():
    content = excel(("编码",), ("A1",))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = "xl/worksheets/sheet1.xml"
    assert b'ref="A1:A2"' in parts[page]
    parts[page] = parts[page].replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    table = read_table(file.getvalue())
    assert (table.headings, table.rows) == (("编码",), ((2, ("A1",)),))


def test_a_row_far_below_the_others_is_told_not_left_out():
    book = Workbook()
    book.active["A1"], book.active["A2"] = "编码", "A1"
    book.active["A1048576"] = "A2"
    with pytest.raises(FileRefusedError, match="第 1048576 行"):
        read_table(saved(book))


@pytest.mark.parametrize("encoding", ["big5", "utf-16", "shift_jis"])
def test_another_encoding_is_refused_or_read_as_text_never_a_crash(encoding):
    try:
        table = read_table("編碼,名稱\nA1,東\n".encode(encoding))
    except FileRefusedError:
        return
    assert len(table) <= 2


@given(st.binary(max_size=400))
def test_no_bytes_break_it(content):
    try:
        read_table(content)
    except FileRefusedError:
        return
