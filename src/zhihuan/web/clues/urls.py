"""Addresses below ``/clues/``."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.clues import funnel_page, informants_page, merging, pool_page

urlpatterns = [
    path("", pool_page.pool, name="clues"),
    path("merge/", merging.merge, name="clues-merge"),
    path("funnel/", funnel_page.funnel_page, name="clues-funnel"),
    path("<int:pk>/informants/", informants_page.informants, name="clue-informants"),
    path("<int:pk>/informants/reveal/", informants_page.reveal, name="clue-informants-reveal"),
    path("<int:pk>/informants/<int:informant>/erase/", informants_page.erase, name="clue-informant-erase"),
]  # fmt: skip
