"""The two forms of an import: the file, and the word to go on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.importing.sheet import SHEETS, Sheet
from zhihuan.bureau.registry.importing.table_file import MOST_BYTES


def sheets_for(user: Any) -> list[Sheet]:
    """The kinds of files this person may import."""
    return [sheet for sheet in SHEETS.values() if may(user, sheet.permission)]


class UploadForm(forms.Form):
    """Which kind, and the file."""

    sheet = forms.ChoiceField(label=_("类别"))
    file = forms.FileField(
        label=_("文件"), help_text=_(".xlsx 或 .csv，不超过 10 MB、50000 行；列名以模板为准")
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(s.code, s.title) for s in sheets_for(user)]  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 10 MB，请拆分后分批导入。"))
        return file


class ConfirmForm(forms.Form):
    """Why the registry is changed."""

    why = forms.CharField(
        label=_("事由"), max_length=200, help_text=_("与变更一同保存，如“2026 年度企业名录更新”")
    )
