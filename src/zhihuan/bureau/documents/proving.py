"""Proof that every document a procedure declares can be made: its template is there, holds nothing unseen,
its number rule exists, and it renders with the facts its step is sure to have.

Sure are the forms of steps that no way to this step can avoid. Each template is rendered twice: with every
field of those forms filled, and with only the fields they require or find themselves. So a template that leans on a step
that may be left out, or on a field that may be empty, is found here and not by whoever takes the step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db import models

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.documents.declared import template_of
from zhihuan.bureau.documents.facts import document_facts, matter_facts
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.filling import check_template, filled
from zhihuan.bureau.documents.numbers.rule import UnknownRuleError, number_rule
from zhihuan.bureau.matters.declaration import Document, Procedure, Step
from zhihuan.bureau.matters.engine.taking import model_of
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.models import Town

__all__ = ["document_faults", "specimen_of"]

_AT = datetime(2026, 9, 1, 9, 30, tzinfo=BEIJING)
_NUMBER = "中（例）环示字〔2026〕1号"


def document_faults(procedure: Procedure) -> list[str]:
    """Every fault, each naming step, document and what to mend; empty when all can be made."""
    return [
        f"{procedure.code} {procedure.edition}: {step.code} makes {document.code}: {fault}"
        for step in procedure.steps
        for document in step.documents
        for fault in _faults(procedure, step, document)
    ]


def specimen_of(
    procedure: Procedure, step: Step, document: Document, *, required_only: bool = False
) -> bytes:
    """The document made from specimen facts. DocumentError."""
    facts = _facts(procedure, step, required_only=required_only)
    told = {**facts, "document": document_facts(document, _NUMBER if document.number else "", _AT)}
    return filled(template_of(procedure, document), told)


def _faults(procedure: Procedure, step: Step, document: Document) -> Iterator[str]:
    if document.number:
        try:
            number_rule(document.number)
        except UnknownRuleError as error:
            yield str(error)
    try:
        check_template(template_of(procedure, document))
        for required_only in (False, True):
            specimen_of(procedure, step, document, required_only=required_only)
    except DocumentError as error:
        yield str(error)


def _facts(procedure: Procedure, step: Step, *, required_only: bool) -> dict[str, Any]:
    model = model_of(procedure)
    own = {field.name for field in Matter._meta.fields}
    filled_in = {
        each.name: _model_value(each)
        for each in model._meta.concrete_fields
        if each.name not in own and not each.is_relation and not (required_only and each.null)
    }
    matter = model(
        procedure=procedure.code,
        edition=procedure.edition,
        title="示例事项",
        opened_at=_AT,
        party=Organisation(name="中山市示例有限公司", credit_code="91442000MA00000000"),
        town=Town(name="示例镇"),
        **filled_in,
    )
    certain = [
        each for each in procedure.steps if each is step or _is_certain(procedure, each, step)
    ]
    events = [
        _event(each, required_only=required_only)
        for each in sorted(certain, key=lambda each: each is step)
    ]
    issuer = {"name": "示例市生态环境局", "mark": "例", "government": "示例市人民政府"}
    return matter_facts(matter, step, events, issuer)


def _is_certain(procedure: Procedure, step: Step, before: Step) -> bool:
    """Whether nobody comes to ``before`` without taking ``step``."""
    there, waiting = {procedure.begins}, [procedure.begins]
    while waiting:
        state = waiting.pop()
        onward = {
            each.leads_from(state) for each in procedure.steps_from(state) if each is not step
        }
        waiting += onward - there
        there |= onward
    return there.isdisjoint(before.sources)


def _event(step: Step, *, required_only: bool) -> MatterEvent:
    fields: Mapping[str, forms.Field] = step.form.base_fields if step.form else {}
    said = {
        name: _form_value(field) if not required_only or _is_sure(field) else None
        for name, field in fields.items()
    }
    officers = [{"id": 1, "name": "甲某", "certificate": "44000000001"}] * max(step.who.officers, 1)
    return MatterEvent(step=step.code, at=_AT, actor_name="示例人", officers=officers, said=said)


def _is_sure(field: forms.Field) -> bool:
    """Asked for in any case, or found by the form itself (an ``is_derived`` of its own says so)."""
    return field.required or getattr(field, "is_derived", False)


def _form_value(field: forms.Field) -> Any:
    """A field whose kept value has a shape of its own says one as SPECIMEN."""
    if hasattr(field, "SPECIMEN"):
        return field.SPECIMEN
    choices = (
        [each for each in getattr(field, "choices", ()) or () if each[0]]
        if not isinstance(field, forms.ModelChoiceField)
        else []
    )
    if isinstance(field, forms.MultipleChoiceField):
        return [choices[0][0]] if choices else []
    if choices:
        return choices[0][0]
    for kind, value in _VALUES:
        if isinstance(field, kind):
            return value
    return "示例"


_VALUES: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.ModelMultipleChoiceField, [1]),
    (forms.ModelChoiceField, 1),
    (forms.BooleanField, True),
    (forms.DateTimeField, _AT.isoformat()),
    (forms.DateField, _AT.date().isoformat()),
    (forms.DecimalField, "10000.00"),
    (forms.FloatField, 1.5),
    (forms.IntegerField, 3),
    (forms.FileField, 1),
)


def _model_value(field: models.Field[Any, Any]) -> Any:
    if field.choices:
        return next(value for value, _text in field.flatchoices if value)
    if isinstance(field, models.DateTimeField):
        return _AT
    if isinstance(field, models.DateField):
        return _AT.date()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return field.to_python(3)
    return field.get_default() if field.has_default() else "示例"
