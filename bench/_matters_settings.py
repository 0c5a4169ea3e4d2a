"""The platform's settings with the bench's procedure declared. For ``bench.matters`` alone."""

from __future__ import annotations

from zhihuan.web.settings import *  # noqa: F403
from zhihuan.web.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS[:-1], "bench._matters_app.BenchMatters", INSTALLED_APPS[-1]]
