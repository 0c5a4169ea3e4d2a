"""The form of an act that needs nothing but its reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WhyForm(forms.Form):
    """Asks why. ``instance`` is the record it is about, set by whoever shows the form."""

    instance: Any = None

    why = forms.CharField(
        label=_("变更事由"),
        max_length=200,
        min_length=2,
        help_text=_("写明依据或来源，例如：重复登记，企业申请〔2026〕12 号。"),
    )
