"""A checklist of a visit: a question an item, each with what the permit states; yes, no, not looked at, and a note.

The kept value is a list of plain items, so that documents and pages need nothing of the registry to tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.lines.inspection.stated import Item

__all__ = ["ANSWERS", "ChecklistField"]

ANSWERS = {"yes": _("是"), "no": _("否"), "unseen": _("未检查")}
_LONGEST = 500


class ChecklistInput(forms.Widget):
    """Three buttons and a note an item; names are ``<field>-<item>`` and ``<field>-<item>-note``."""

    template_name = "inspection/checklist.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.items: Sequence[Item] = ()

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        if isinstance(data.get(name), list) and not hasattr(data, "getlist"):
            return data[name]
        return [
            {
                "code": item.code,
                "question": item.question,
                "stated": item.stated,
                "answer": data.get(f"{name}-{item.code}", ""),
                "note": str(data.get(f"{name}-{item.code}-note", "")).strip(),
            }
            for item in self.items
        ]

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        return not any(f"{name}-{item.code}" in data for item in self.items)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        told = {each["code"]: each for each in value or ()}
        context["widget"]["questions"] = [
            {"item": item, "name": f"{name}-{item.code}", **told.get(item.code, {})}
            for item in self.items
        ]
        context["widget"]["answers"] = ANSWERS
        return context


class ChecklistField(forms.MultipleChoiceField):
    """items: set for the matter. Every item is answered; a no says what was seen."""

    widget = ChecklistInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=(), **kwargs)

    def for_items(self, items: Sequence[Item]) -> None:
        """Ask these."""
        self.widget.items = items

    def clean(self, value: Any) -> list[dict[str, str]]:
        told = list(value or ())
        for each in told:
            if each["answer"] not in ANSWERS:
                words = _now("请回答：%(question)s") % {"question": each["question"]}
                raise ValidationError(words)
            if each["answer"] == "no" and not each["note"]:
                words = _now("回答“否”的，请写明所见：%(question)s") % {
                    "question": each["question"]
                }
                raise ValidationError(words)
            each["note"] = each["note"][:_LONGEST]
            each["told"] = str(ANSWERS[each["answer"]])
        return told

    def words_of(self, value: Any) -> str:
        """A kept list for people: question, what the permit states, the answer, what was seen."""
        return "；".join(_told(each) for each in value or ())


def _told(item: dict[str, str]) -> str:
    stated = f"（{item['stated']}）" if item["stated"] else ""
    note = f"：{item['note']}" if item["note"] else ""
    return f"{item['question']}{stated}{item['told']}{note}"
