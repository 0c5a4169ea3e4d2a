"""Upload a file, look at what it would do, do it, take it back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.history.past import CannotUndoError, undo
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.bureau.registry.importing import running
from zhihuan.bureau.registry.importing.sheet import SHEETS, Sheet
from zhihuan.bureau.registry.importing.table_file import read_table
from zhihuan.bureau.registry.importing.workbook import export, faulty_rows, template
from zhihuan.bureau.registry.models import ImportFile
from zhihuan.web.importing.forms import ConfirmForm, UploadForm, sheets_for
from zhihuan.web.importing.preview import preview_of
from zhihuan.web.listing.export import CONTENT_TYPE
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent, sent_files

_may_import = requires("registry.import_registry")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_may_import
def imports(request: HttpRequest) -> HttpResponse:
    """The form to upload a file, templates, and the files given before."""
    form = UploadForm(request.user, sent(request), sent_files(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        with transaction.atomic():
            file = running.take(form.cleaned_data["sheet"], given.name, given.read(), request.user)
            record("registry.upload", f"import:{file.pk}", actor=request.user, sha256=file.sha256)
        running.begin_checking(file)
        return redirect("import", pk=file.pk)
    context = {
        "form": form,
        "sheets": sheets_for(request.user),
        "files": _files(request.user)[:20],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "importing/imports.html", context, status=status)


@require_safe
@never_cache
@_may_import
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do, or did; an htmx request gets the state alone."""
    file = get_object_or_404(_files(request.user), pk=pk)
    context = {
        "section": "imports",
        "file": file,
        "preview": preview_of(file),
        "form": ConfirmForm(),
    }
    name = "importing/file.html#state" if request.htmx else "importing/file.html"  # type: ignore[attr-defined]
    return render(request, name, context)


@require_POST
@_may_import
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was previewed."""
    file = get_object_or_404(_files(request.user), pk=pk)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写事由后再确认导入。"))
    elif not running.begin_applying(file, form.cleaned_data["why"]):
        messages.error(request, _("这个文件不在待确认状态，未重复导入。"))
    return redirect("import", pk=pk)


@require_POST
@_may_import
def import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Check once more: after the registry changed, or after work was cut off."""
    file = get_object_or_404(_files(request.user), pk=pk)
    if file.state == ImportFile.State.APPLIED or (
        file.state in ImportFile.BUSY and not running.was_cut_off(file)
    ):
        messages.error(request, _("这个文件正在处理或已经导入，不能重新校验。"))
    else:
        record("registry.check_again", f"import:{file.pk}", actor=request.user)
        running.begin_checking(file)
    return redirect("import", pk=pk)


@require_POST
@_may_import
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an import back, whole."""
    file = get_object_or_404(_files(request.user), pk=pk)
    if not isinstance(file.change_set, ChangeSet):
        raise Http404
    try:
        with transaction.atomic():
            undo(file.change_set, request.user, _("撤销导入“%(name)s”") % {"name": file.name})
            record("registry.import_undo", f"import:{file.pk}", actor=request.user)
    except CannotUndoError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已撤销这次导入。"))
    return redirect("import", pk=pk)


@require_safe
@never_cache
@_may_import
def import_faulty(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a file: mend, and upload again."""
    file = get_object_or_404(_files(request.user), pk=pk)
    problems = running.plan_of(file).problems
    content = faulty_rows(read_table(bytes(file.content)), problems)
    return _workbook(content, _("问题行-%(name)s") % {"name": file.name.rpartition(".")[0]})


@require_safe
@_may_import
def import_template(request: HttpRequest, code: str) -> HttpResponse:
    """An empty file of one kind."""
    sheet = _sheet(request.user, code)
    return _workbook(template(sheet), _("模板-%(title)s") % {"title": sheet.title})


@require_safe
@never_cache
@_may_import
def import_export(request: HttpRequest, code: str) -> HttpResponse:
    """What is registered, in the form the import reads."""
    sheet = _sheet(request.user, code)
    rows = scope_of(request.user, sheet.permission).filter(sheet.model._default_manager.all())
    record("registry.export", code, actor=request.user)
    return _workbook(export(sheet, rows), _("档案-%(title)s") % {"title": sheet.title})


def _files(user: Any) -> QuerySet[ImportFile]:
    """One's own files."""
    return ImportFile.objects.filter(uploaded_by=user).defer("content").select_related("change_set")


def _sheet(user: Any, code: str) -> Sheet:
    sheet = SHEETS.get(code)
    if sheet is None or not may(user, sheet.permission):
        raise Http404
    return sheet


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    header = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    response["Content-Disposition"] = header or "attachment"
    return response
