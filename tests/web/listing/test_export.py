"""The Excel file holds every row that fits, says what it is, can be checked, and is audited."""

from __future__ import annotations

import hashlib
import io
from base64 import b64encode

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.web.listing.digest import RowDigest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]


@pytest.fixture
def export(ask):
    def exported(query: str = "", **given):
        response = ask(f"{query}&format=xlsx", **given)
        content = b"".join(response.streaming_content)
        return response, content, openpyxl.load_workbook(io.BytesIO(content))

    return exported


def rows_of(book) -> list[tuple]:
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_it_holds_every_row_that_fits_not_one_page(keep, export):
    for n in range(70):
        keep(f"N{n:02d}")
    keep("OTHER")
    _response, _content, book = export("q=N&sort=mn&size=20")
    head, *rows = rows_of(book)
    assert head == ("编号", "接收时间", "原因", "字节（B）")
    assert [row[0] for row in rows] == [f"N{n:02d}" for n in range(70)]


def test_nobody_exports_beyond_the_scope(keep, export):
    keep("SECRET")
    assert rows_of(export()[2])[1:] == []


def test_what_looks_like_a_formula_stays_text(keep, export):
    for text in ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "http://evil.example/"):
        keep(text)
    sheet = export()[2].worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_times_are_beijing_s(keep, export):
    import datetime as dt

    keep("A1", received=dt.datetime(2026, 5, 3, 16, 0, tzinfo=dt.UTC))
    assert rows_of(export()[2])[1][1] == dt.datetime(2026, 5, 4)  # noqa: DTZ001 - Excel knows no zone


def test_the_file_says_what_it_is_and_whoever_has_it_can_check_it(keep, export, person):
    keep("A1", raw=b"x" * 1000)
    keep("B2", reason="bad_crc")
    _response, _content, book = export("sort=mn&reason=junk")
    told = dict(book.worksheets[1].iter_rows(values_only=True))
    assert told["行数"] == "1"
    assert told["查询条件"] == "原因：杂乱数据"
    assert told["导出人"] == "值班员"
    again = RowDigest()
    for row in rows_of(book)[1:]:
        again.add(row)
    assert told["行内容 SHA-256"] == again.hexdigest()


def test_any_changed_cell_changes_the_digest():
    digests = set()
    for rows in ([["a", 1]], [["a", 2]], [["a1", ""]], [["a"], [1]], [["a", None]]):
        digest = RowDigest()
        for row in rows:
            digest.add(row)
        digests.add(digest.hexdigest())
    assert len(digests) == 5


def test_the_act_is_audited_with_the_digest_of_the_file(keep, export):
    keep("A1")
    response, content, _book = export("q=A1")
    entry = AuditEntry.objects.get(action="list.export")
    sha256 = hashlib.sha256(content)
    assert entry.subject == "list:frames"
    assert entry.detail["rows"] == 1
    assert entry.detail["asked"] == ["编号或来源：A1"]
    assert entry.detail["file_sha256"] == sha256.hexdigest()
    assert response["Content-Digest"] == f"sha-256=:{b64encode(sha256.digest()).decode()}:"


def test_a_list_may_keep_its_export_to_some(keep, ask, frames_list, person):
    from dataclasses import replace

    closed = replace(frames_list, export_permission="audit.view_auditentry")
    keep("A1")
    assert "导出 Excel" in ask(listing=closed, user=person("审计管理员")).content.decode()
    assert "导出 Excel" not in ask(listing=closed, user=person("值班员")).content.decode()
    with pytest.raises(PermissionDenied):
        ask("format=xlsx", listing=closed, user=person("值班员"))


def test_rows_are_read_in_a_constant_number_of_queries(
    keep, ask, person, django_assert_num_queries
):
    user = person("值班员")
    for n in range(80):
        keep(f"N{n}")
    with django_assert_num_queries(4):  # rows; the audit entry between its savepoints
        b"".join(ask("format=xlsx", user=user).streaming_content)


def test_one_s_own_exports_are_listed_and_nobody_else_s(keep, ask, browser_of, person):
    keep("A1")
    b"".join(ask("format=xlsx").streaming_content)
    b"".join(ask("format=xlsx", user=person("审计管理员")).streaming_content)
    html = browser_of("审计管理员").get("/lists/exports/").content.decode()
    mine, other = (AuditEntry.objects.filter(action="list.export", actor_name=name).get()
                   for name in ("审计管理员", "值班员"))  # fmt: skip
    assert mine.detail["file_sha256"] in html
    assert other.detail["file_sha256"] not in html or (
        mine.detail["file_sha256"] == other.detail["file_sha256"]
    )
