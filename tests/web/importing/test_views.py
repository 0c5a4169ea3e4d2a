"""The pages of the import, from upload to undo."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.importing import running
from zhihuan.bureau.registry.models import Enterprise, ImportFile
from zhihuan.web.importing import views

pytestmark = pytest.mark.django_db

GOOD = "企业编码,名称,无信用代码的原因,镇街\nE1,<b>甲</b>,测试,小榄\nE2,,测试,小榄\n".encode()


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(running, "_beside", lambda work: work())


def upload(browser, content: bytes = GOOD, name: str = "企业.csv", sheet: str = "enterprise"):
    given = {"sheet": sheet, "file": SimpleUploadedFile(name, content)}
    return browser.post("/registry/imports/", given, follow=True)


def test_upload_preview_confirm_undo(browser_of):
    browser = browser_of("档案管理员")
    page = upload(browser).content.decode()
    assert "新增 1，修改 0，无变化 0，有问题不导入 1" in page
    assert "&lt;b&gt;甲" in page
    file = ImportFile.objects.get()
    address = f"/registry/imports/{file.pk}/"
    assert (
        "请填写事由" in browser.post(address + "apply/", {"why": ""}, follow=True).content.decode()
    )
    browser.post(address + "apply/", {"why": "年度更新"})
    assert Enterprise.objects.count() == 1
    assert (
        "不在待确认状态"
        in browser.post(address + "apply/", {"why": "x"}, follow=True).content.decode()
    )
    assert "已撤销" in browser.post(address + "undo/", follow=True).content.decode()
    assert not Enterprise.objects.exists()
    done = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"registry.upload", "registry.import", "registry.import_undo"} <= done


def test_a_file_is_checked_again_with_an_entry_and_none_that_is_done(browser_of):
    browser = browser_of("档案管理员")
    upload(browser)
    file = ImportFile.objects.get()
    Enterprise.objects.create(
        code="E1", name="乙", kind="enterprise", no_code_reason="测试", town_id="442000118"
    )
    again = f"/registry/imports/{file.pk}/again/"
    assert "新增 0，修改 1" in browser.post(again, follow=True).content.decode()
    assert AuditEntry.objects.get(action="registry.check_again").subject == f"import:{file.pk}"
    browser.post(f"/registry/imports/{file.pk}/apply/", {"why": "年度更新"})
    assert "不能重新校验" in browser.post(again, follow=True).content.decode()
    assert AuditEntry.objects.filter(action="registry.check_again").count() == 1


def test_a_file_without_its_entry_is_not_kept(browser_of, monkeypatch):
    def die(*_given, **_more):
        raise RuntimeError("the machine stops here")

    monkeypatch.setattr(views, "record", die)
    with pytest.raises(RuntimeError):
        upload(browser_of("档案管理员"))
    assert not ImportFile.objects.exists()


def test_faulty_rows_templates_and_exports_are_files(browser_of):
    browser = browser_of("档案管理员")
    upload(browser)
    file = ImportFile.objects.get()
    for address in (
        f"/registry/imports/{file.pk}/faulty.xlsx",
        "/registry/imports/template/vehicle.xlsx",
        "/registry/imports/export/enterprise.xlsx",
    ):
        response = browser.get(address)
        assert response.content[:4] == b"PK\x03\x04"
        assert "attachment" in response["Content-Disposition"]
    assert browser.get("/registry/imports/template/nothing.xlsx").status_code == 404


def test_a_wrong_upload_says_what_to_do(browser_of):
    browser = browser_of("档案管理员")
    assert upload(browser, sheet="nothing").status_code == 422
    assert "另存为 .xlsx" in upload(browser, b"\xd0\xcf\x11\xe0", "a.xls").content.decode()
    assert upload(browser, b"").status_code == 422


def test_a_file_is_its_uploaders_alone(browser_of, person, client):
    upload(browser_of("档案管理员"))
    file = ImportFile.objects.get()
    client.force_login(person("档案管理员", name="other"))
    for end in ("", "faulty.xlsx"):
        assert client.get(f"/registry/imports/{file.pk}/{end}").status_code == 404
    for end in ("apply/", "again/", "undo/"):
        assert client.post(f"/registry/imports/{file.pk}/{end}", {"why": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["值班员", "执法人员", "企业用户", "系统管理员", "审计管理员"])
def test_others_are_refused(browser_of, role):
    browser = browser_of(role)
    assert browser.get("/registry/imports/").status_code == 403
    assert upload(browser).status_code == 403


def test_a_branch_may_not_import_what_reaches_the_whole_city(person, client):
    branch = Organisation.objects.create(name="小榄分局", kind="branch")
    branch.towns.set(["442000118"])
    client.force_login(person("档案管理员", at=branch))
    upload(client, "企业编码,名称,无信用代码的原因,镇街\nE1,甲,测试,三角\n".encode())
    assert ImportFile.objects.get().summary["refused"] == 1


def test_a_page_that_waits_asks_for_its_state_by_itself(browser_of):
    browser = browser_of("档案管理员")
    upload(browser)
    file = ImportFile.objects.get()
    file.enter(ImportFile.State.CHECKING)
    whole = browser.get(f"/registry/imports/{file.pk}/").content.decode()
    part = browser.get(
        f"/registry/imports/{file.pk}/", headers={"HX-Request": "true"}
    ).content.decode()
    assert 'hx-trigger="load delay:1s"' in part
    assert "<progress" in whole
    # without JavaScript the page itself comes again
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in whole
    assert "<html" not in part
    assert "校验中" in part  # the state's own badge comes with it, and goes with it


def test_a_page_that_has_nothing_to_wait_for_stays(browser_of):
    browser = browser_of("档案管理员")
    upload(browser)
    file = ImportFile.objects.get()
    assert file.state == "checked"
    assert b"http-equiv" not in browser.get(f"/registry/imports/{file.pk}/").content


def test_lists_of_files_cost_the_same_however_many(browser_of, django_assert_max_num_queries):
    browser = browser_of("档案管理员")
    for _n in range(5):
        upload(browser)
    with django_assert_max_num_queries(12):
        browser.get("/registry/imports/")
