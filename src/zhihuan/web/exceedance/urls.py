"""Addresses of alarms, below ``/alarms/``."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.exceedance import alarm_page, manual_page, mark_page
from zhihuan.web.exceedance.alarm_list import alarms
from zhihuan.web.exceedance.mark_list import marks
from zhihuan.web.exceedance.one_mark_page import one_mark
from zhihuan.web.exceedance.plan_page import mark_plan

urlpatterns = [
    path("", alarms, name="alarms"),
    path("<int:pk>/", alarm_page.alarm, name="alarm"),
    path("<int:pk>/act/", alarm_page.alarm_act, name="alarm-act"),
    path("<int:pk>/explain/", alarm_page.alarm_explain, name="alarm-explain"),
    path("<int:pk>/mark/", mark_page.mark_new, name="mark-new"),
    path("<int:pk>/manual/", manual_page.manual_new, name="manual-new"),
    path("manual/<int:pk>/", manual_page.manual, name="manual-result"),
    path("manual/<int:pk>/file/", manual_page.manual_file, name="manual-file"),
    path("manual/<int:pk>/take-back/", manual_page.manual_take_back, name="manual-take-back"),
    path("marks/", marks, name="marks"),
    path("marks/new/", mark_plan, name="mark-plan"),
    path("marks/<int:pk>/", one_mark, name="mark"),
    path("marks/<int:pk>/take-back/", mark_page.mark_take_back, name="mark-take-back"),
    path("marks/<int:pk>/review/", mark_page.mark_review, name="mark-review"),
]
