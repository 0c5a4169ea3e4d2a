"""What a page of a step holds between its requests: the version seen, the step's form, the officers.

The names of our own fields begin with "_", which no field of a step's form may, so they never meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.engine.acting import Said
from zhihuan.bureau.matters.engine.forms import form_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.components.answer import Answer
from zhihuan.web.matters.officers import OfficersForm, officers_form
from zhihuan.web.matters.said import answers_of
from zhihuan.web.registry.forms.record_form import DayInput
from zhihuan.web.templatetags.forms import first_id

__all__ = ["BEGIN", "CHECK", "EDIT", "TAKE", "Sheet"]

#: What a button asks for: show the answers, go back to them, take the step.
CHECK, EDIT, TAKE = "check", "edit", "take"
#: Another page begins the form with what it knows; nothing is judged yet.
BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class Sheet:
    """``version``: of the matter the person saw, −1 when what was sent does not say."""

    step: Step
    version: int
    stage: str
    said: Said
    form: forms.Form | None
    officers: OfficersForm | None

    @classmethod
    def fresh(cls, step: Step, matter: Matter, actor: Any) -> Sheet:
        """An empty one."""
        form, officers = _shown(form_of(step, matter)), officers_form(step, matter, actor)
        return cls(step, matter.version, EDIT, Said(), form, officers)

    @classmethod
    def begun(cls, step: Step, matter: Matter, request: HttpRequest) -> Sheet:
        """An empty one but for what another page gave."""
        sheet = cls.fresh(step, matter, request.user)
        if sheet.form is not None:
            given = {name: request.POST[name] for name in sheet.form.fields if name in request.POST}
            sheet.form.initial.update(given)
        return sheet

    @classmethod
    def read(cls, step: Step, matter: Matter, request: HttpRequest) -> Sheet:
        """The one that was handed in."""
        said = Said(request.POST, request.FILES)
        version = request.POST.get("_version", "")
        return cls(
            step=step,
            version=int(version[:9]) if version.isascii() and version.isdecimal() else -1,
            stage=request.POST.get("_stage", TAKE),
            said=said,
            form=_shown(form_of(step, matter, said)),
            officers=officers_form(step, matter, request.user, request.POST),
        )

    @property
    def forms(self) -> list[forms.Form]:
        return [each for each in (self.officers, self.form) if each is not None]

    @property
    def is_checked(self) -> bool:
        """Whether the answers are shown once more before it is taken: documents have legal effect."""
        return bool(self.step.documents)

    def is_valid(self) -> bool:
        """Whether everything is filled in rightly; every form is asked, so that all errors show."""
        invalid = [each for each in self.forms if not each.is_valid()]
        return not invalid

    def kept(self) -> Said:
        """What the engine is told of a valid one: files by the records that keep them already, so that
        none is taken in twice."""
        if self.form is None or not self.form.is_multipart():
            return self.said
        data = self.said.data.copy()  # type: ignore[attr-defined]
        for name, field in self.form.fields.items():
            if field.widget.needs_multipart_form:
                data[name] = self.form.cleaned_data[name]
        return Said(data)

    def answers(self) -> Iterator[Answer]:
        """What a valid one says, each leading back to its question."""
        for form in self.forms:
            for name, label, words in answers_of(form):
                yield Answer(label, words, f"#{first_id(form[name])}")

    @property
    def has_errors(self) -> bool:
        return any(each.errors for each in self.forms)

    @property
    def has_files(self) -> bool:
        return any(each.is_multipart() for each in self.forms)


def _shown(form: forms.Form | None) -> forms.Form | None:
    """The form as this house asks: days by the browser's own calendar."""
    for field in form.fields.values() if form is not None else ():
        if type(field.widget) is forms.DateInput:
            field.widget = DayInput(attrs=field.widget.attrs)
    return form
