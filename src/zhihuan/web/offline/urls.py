"""Addresses below ``/visits/``: the reach of the service worker."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.offline import my_visits, packing, record_page, syncing, worker

urlpatterns = [
    path("", my_visits.my_visits, name="visits"),
    path("worker.js", worker.worker, name="visits-worker"),
    path("manifest.webmanifest", worker.manifest, name="visits-manifest"),
    path("state/", syncing.who_is_there, name="visits-state"),
    path("sync/", syncing.sync, name="visits-sync"),
    path("of/<int:pk>/", packing.visit_page, name="visit"),
    path("of/<int:pk>/pack/", packing.pack, name="visit-pack"),
    path("of/<int:pk>/steps/<slug:step>/", packing.step_form, name="visit-step"),
    path("records/<uuid:pk>/", record_page.record_page, name="visit-record"),
    path("records/<uuid:record>/files/<slug:sha256>/", syncing.file_portion, name="visits-file"),
]
