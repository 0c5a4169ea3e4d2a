"""A form's file is kept at once, stays when the form is refused, and is nobody else's by a number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import vault_samples as samples
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory

from zhihuan.bureau.vault.fields import VaultFileField, token_of
from zhihuan.bureau.vault.models import RefusedFile, StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


class PlanForm(forms.Form):
    title = forms.CharField()
    plan = VaultFileField(accepted=("pdf", "jpeg"))
    extra = VaultFileField(required=False, camera=True)


def form(data: dict[str, Any], **files: tuple[str, bytes]) -> PlanForm:
    given = {field: SimpleUploadedFile(name, content) for field, (name, content) in files.items()}
    posted = QueryDict(mutable=True)
    posted.update(data)
    return PlanForm(posted, given)


def test_the_cleaned_value_is_the_record() -> None:
    filled = form({"title": "x"}, plan=("a.pdf", samples.pdf()))
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["plan"] == StoredFile.objects.get()
    assert filled.cleaned_data["extra"] is None


def test_a_form_refused_for_another_field_keeps_the_file() -> None:
    refused = form({"title": ""}, plan=("预案.pdf", samples.pdf()))
    assert list(refused.errors) == ["title"]
    page = refused.as_p()
    stored = StoredFile.objects.get()
    assert "预案.pdf" in page
    assert token_of(stored) in page
    again = form({"title": "x", "plan": token_of(stored)})
    assert again.is_valid(), again.errors
    assert again.cleaned_data["plan"] == stored
    assert StoredFile.objects.count() == 1


def test_a_file_is_kept_though_a_browser_sends_the_empty_file_behind_its_token() -> None:
    """As Chromium posts a form whose file input was left alone."""
    refused = form({"title": ""}, plan=("a.pdf", samples.pdf()))
    assert not refused.is_valid()
    token = token_of(StoredFile.objects.get())
    parts = (("title", "", "x"), ("plan", "", token), ("plan", '; filename=""', ""))
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, more, value in parts
    )
    kind = "multipart/form-data; boundary=b"
    request = RequestFactory().post("/", data=f"{body}--b--\r\n".encode(), content_type=kind)
    again = PlanForm(request.POST, request.FILES)
    assert again.is_valid(), again.errors
    assert again.cleaned_data["plan"] == StoredFile.objects.get()


def test_another_file_takes_the_place_of_the_one_kept() -> None:
    first = form({"title": ""}, plan=("a.pdf", samples.pdf()))
    assert not first.is_valid()
    token = token_of(StoredFile.objects.get())
    second = form({"title": "x", "plan": token}, plan=("b.jpg", samples.photo()))
    assert second.is_valid()
    assert second.cleaned_data["plan"].name == "b.jpg"


def test_a_refused_replacement_leaves_the_one_kept_and_says_why() -> None:
    first = form({"title": ""}, plan=("a.pdf", samples.pdf()))
    assert not first.is_valid()
    token = token_of(StoredFile.objects.get())
    second = form({"title": "x", "plan": token}, plan=("b.pdf", b"MZ" + bytes(99)))
    assert "不收" in str(second.errors["plan"])
    assert token in second.as_p()
    assert RefusedFile.objects.count() == 1


def test_a_step_may_be_told_the_record_or_its_token_without_files() -> None:
    assert form({"title": ""}, plan=("a.pdf", samples.pdf())).errors
    stored = StoredFile.objects.get()
    for said in (stored, token_of(stored)):
        told = PlanForm(data={"title": "x", "plan": said})
        assert told.is_valid(), told.errors
        assert told.cleaned_data["plan"] == stored


def test_nobody_takes_a_file_by_guessing_its_number() -> None:
    assert form({"title": ""}, plan=("a.pdf", samples.pdf())).errors
    pk = StoredFile.objects.get().pk
    for guess in (pk, str(pk), f"{pk}:forged", f"{pk}:"):
        assert "plan" in PlanForm(data={"title": "x", "plan": guess}).errors


def test_only_the_accepted_kinds_will_do() -> None:
    assert "不收" in str(form({"title": "x"}, plan=("a.txt", b"words")).errors["plan"])


def test_what_the_browser_stated_comes_along_and_nonsense_is_left_out() -> None:
    said = {
        "title": "x",
        "extra-at": "2026-11-03T09:20:00+08:00",
        "extra-lon": "113.42",
        "extra-lat": "22.68",
        "extra-accuracy": "9",
    }
    filled = form(said, plan=("a.pdf", samples.pdf()), extra=("b.jpg", samples.photo()))
    assert filled.is_valid(), filled.errors
    extra = filled.cleaned_data["extra"]
    assert extra.stated_at == dt.datetime(2026, 11, 3, 1, 20, tzinfo=dt.UTC)
    assert (extra.stated_lon, extra.stated_lat, extra.stated_accuracy_m) == (113.42, 22.68, 9)
    nonsense = {"title": "x", "extra-at": "now", "extra-lon": "nan", "extra-lat": "1e9"}
    filled = form(nonsense, plan=("a.pdf", samples.pdf()), extra=("b.jpg", samples.photo()))
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["extra"].stated_lon is None


def test_who_sent_it_is_read_from_the_request_that_brought_it(person: Any, settings: Any) -> None:
    upload = SimpleUploadedFile("a.pdf", samples.pdf(), "application/pdf")
    request = RequestFactory().post("/", {"title": "x", "plan": upload}, REMOTE_ADDR="10.4.5.6")
    request.user = person("执法人员")
    filled = PlanForm(request.POST, request.FILES)
    assert filled.is_valid(), filled.errors
    stored = filled.cleaned_data["plan"]
    assert (stored.received_by, stored.address) == (request.user, "10.4.5.6")


def test_an_upload_longer_than_any_limit_is_not_written_and_its_length_told(settings: Any) -> None:
    for family in ("IMAGE", "DOCUMENT", "TABLE", "MEDIA"):
        setattr(settings, f"ZHIHUAN_VAULT_{family}_MB", 1)
    upload = SimpleUploadedFile("a.pdf", samples.pdf() + b" " * (5 * 2**20))
    request = RequestFactory().post("/", {"title": "x", "plan": upload})
    given = request.FILES["plan"]
    assert given.size > 5 * 2**20
    assert given.file.seek(0, 2) <= 2**20
    assert "上限 1 MB" in str(PlanForm(request.POST, request.FILES).errors["plan"])


def test_what_is_taken_is_said_before_anybody_chooses_a_file(settings: Any) -> None:
    settings.ZHIHUAN_VAULT_DOCUMENT_MB, settings.ZHIHUAN_VAULT_IMAGE_MB = 7, 3
    fields = PlanForm().fields
    hint = str(fields["plan"].help_text)
    assert hint == ".pdf，每个不超过 7 MB；.jpg、.jpeg，每个不超过 3 MB"
    assert not fields["extra"].help_text
