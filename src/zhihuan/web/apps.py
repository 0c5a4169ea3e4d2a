"""The web app: templates, static files, translations."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "zhihuan.web"
    label = "web"
    verbose_name = _("网页")
