"""A file that a step asks for is taken in once, stays with the sheet, and is told by its name."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.bureau.vault.models import StoredFile


class ReportForm(forms.Form):
    report = VaultFileField(label="鉴定意见", accepted=("png",))
    on = forms.DateField(label="日期")


@pytest.fixture
def matter(case, cast, tmp_path, settings):
    """A case whose first step asks for a file."""
    settings.ZHIHUAN_HOME = tmp_path
    first = replace(case.step("file"), form=ReportForm, who=case.step("submit").who)
    steps = tuple(first if step.code == "file" else step for step in case.steps)
    asking = replace(case, code="trial_files", steps=steps)
    catalogue.register(asking)
    yield open_matter(asking.code, Acting(cast.officer), title="某案", town=cast.town)
    catalogue.forget(asking.code)


def report():
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    return SimpleUploadedFile("意见.png", picture.getvalue(), "image/png")


def test_the_file_goes_from_form_to_answers_to_the_course(matter, cast, browse):
    browser, where = browse(cast.officer), f"/matters/{matter.pk}/steps/file/"
    assert 'enctype="multipart/form-data"' in browser.get(where).content.decode()
    given = {"_version": 1, "_stage": "check", "on": "2026-11-20", "report": report()}
    page = browser.post(where, given).content.decode()
    assert "意见.png" in page
    token = re.search(r'name="report"[^>]*value="([^"]+)"', page)[1]
    taken = {"_version": 1, "_stage": "take", "on": "2026-11-20", "report": token}
    assert browser.post(where, taken).status_code == 302
    assert StoredFile.objects.count() == 1
    assert matter.events.get(step="file").said["report"] == StoredFile.objects.get().pk
    assert "意见.png" in browser.get(f"/matters/{matter.pk}/").content.decode()


def test_it_is_taken_in_once_though_the_step_is_taken_at_once(matter, cast, browse):
    given = {"_version": 1, "_stage": "take", "on": "2026-11-20", "report": report()}
    answer = browse(cast.officer).post(f"/matters/{matter.pk}/steps/file/", given)
    assert answer.status_code == 302
    assert StoredFile.objects.count() == 1


def test_a_refusal_for_another_field_keeps_the_file(matter, cast, browse):
    browser, where = browse(cast.officer), f"/matters/{matter.pk}/steps/file/"
    answer = browser.post(where, {"_version": 1, "_stage": "check", "on": "", "report": report()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'name="report"[^>]*value="[^"]+"', page)
    assert "意见.png" in page
