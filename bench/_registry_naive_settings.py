"""The platform's settings, with the naive lists in the place of its own."""

from zhihuan.web.settings import *  # noqa: F403

ROOT_URLCONF = "bench._registry_naive_pages"
