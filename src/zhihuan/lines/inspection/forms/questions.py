"""Questions and answers of an interview: those that are always asked, and as many more as were put."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

__all__ = ["STANDARD", "QuestionsField"]

#: What every interview asks.
STANDARD = (
    _("请说明你的姓名、职务，以及与本单位的关系。"),
    _("你是否清楚你的权利和义务，是否申请回避？"),
    _("请介绍本单位的生产、治污和排污情况。"),
    _("请说明本次检查所见情况的经过和原因。"),
    _("还有什么需要补充说明的？"),
)
_MORE = 5
_LONGEST = 2000


class QuestionsInput(forms.Widget):
    """Names are ``<field>-q<n>`` and ``<field>-a<n>``; the standard questions come first and stand fixed."""

    template_name = "inspection/questions.html"

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        if isinstance(data.get(name), list) and not hasattr(data, "getlist"):
            return data[name]
        rows = []
        for number in range(len(STANDARD) + _MORE):
            asked = (
                STANDARD[number] if number < len(STANDARD) else data.get(f"{name}-q{number}", "")
            )
            answer = str(data.get(f"{name}-a{number}", "")).strip()[:_LONGEST]
            rows.append({"question": str(asked).strip()[:_LONGEST], "answer": answer})
        return rows

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        return f"{name}-a0" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        told = list(value or ())
        rows = []
        for number in range(len(STANDARD) + _MORE):
            row = told[number] if number < len(told) else {}
            fixed = STANDARD[number] if number < len(STANDARD) else ""
            rows.append({"number": number, "fixed": fixed, "name": name, **row})
        context["widget"]["rows"] = rows
        return context


class QuestionsField(forms.MultipleChoiceField):
    """Every standard question is answered, every further question too."""

    widget = QuestionsInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=(), **kwargs)

    def clean(self, value: Any) -> list[dict[str, str]]:
        rows = [each for each in value or () if each["question"] or each["answer"]]
        for each in rows:
            if not each["answer"]:
                words = _("请记录回答：%(question)s")
                raise ValidationError(words % {"question": each["question"]})
            if not each["question"]:
                raise ValidationError(_("补充的回答没有写明问题。"))
        return rows

    def words_of(self, value: Any) -> str:
        """A kept list for people."""
        return "；".join(f"问：{each['question']} 答：{each['answer']}" for each in value or ())
