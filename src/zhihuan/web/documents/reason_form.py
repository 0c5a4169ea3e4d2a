"""The form of acts that take something back: they ask why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """A reason in a sentence."""

    reason = forms.CharField(
        label=_("原因"), max_length=200, help_text=_("记入审计记录，他人可以看到。")
    )
