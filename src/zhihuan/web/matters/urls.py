"""Addresses below ``/matters/``. A procedure's code begins with a letter, a matter's number does not."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.matters import (
    detail_page,
    diagram_page,
    edition_page,
    editions_page,
    limits_page,
    list_page,
    new_page,
    statistics_page,
    step_page,
)

urlpatterns = [
    path("", list_page.all_matters, name="matters"),
    path("editions/", editions_page.editions, name="matters-editions"),
    path("<int:pk>/", detail_page.matter_page, name="matter"),
    path("<int:pk>/edition/", edition_page.change_edition, name="matter-edition"),
    path("<int:pk>/steps/<slug:step>/", step_page.take_step, name="matter-step"),
    path("<slug:procedure>/", list_page.procedure_matters, name="matters-of"),
    path("<slug:procedure>/new/", new_page.open_new, name="matter-new"),
    path("<slug:procedure>/diagram/", diagram_page.diagram, name="matters-diagram"),
    path("<slug:procedure>/bpmn/", diagram_page.bpmn, name="matters-bpmn"),
    path("<slug:procedure>/limits/", limits_page.limits, name="matters-limits"),
    path("<slug:procedure>/statistics/", statistics_page.statistics, name="matters-statistics"),
]
