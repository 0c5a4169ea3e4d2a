"""The platform's settings with the trial case declared. For the platform of ``test_matters`` alone."""

from __future__ import annotations

from zhihuan.web.settings import *  # noqa: F403
from zhihuan.web.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS[:-1], "cases_app.CasesConfig", INSTALLED_APPS[-1]]
