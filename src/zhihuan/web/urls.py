"""Every address of the platform."""

from __future__ import annotations

from django.urls import include, path

from zhihuan.web.catalogue.urls import urlpatterns as catalogue
from zhihuan.web.commands import views as commands
from zhihuan.web.display import display
from zhihuan.web.home import home
from zhihuan.web.identities.page import identity
from zhihuan.web.importing.urls import urlpatterns as importing
from zhihuan.web.inbox.urls import urlpatterns as inbox
from zhihuan.web.late_resolver import late
from zhihuan.web.listing import exports, saved
from zhihuan.web.live import frames, point, series, stream, views
from zhihuan.web.open.urls import urlpatterns as open_pages
from zhihuan.web.operations import views as operations
from zhihuan.web.portal import page as portal
from zhihuan.web.portal.consent_page import electronic_service
from zhihuan.web.quarantine import views as quarantine
from zhihuan.web.search import views as search
from zhihuan.web.tokens.urls import urlpatterns as tokens
from zhihuan.web.webhooks.urls import urlpatterns as webhooks

handler400 = "zhihuan.web.errors.bad_request"
handler403 = "zhihuan.web.errors.forbidden"
handler404 = "zhihuan.web.errors.not_found"
handler500 = "zhihuan.web.errors.server_error"

_live = [
    path("live/", views.live, name="live"),
    path("live/points.json", views.points_json, name="points-json"),
    path("live/stream", stream.live_stream, name="live-stream"),
    path("live/points/<slug:code>/", point.point, name="point"),
    path("live/points/<slug:code>/series.json", series.series_json, name="series-json"),
    path("live/points/<slug:code>/frames/", frames.point_frames, name="point-frames"),
    path(
        "live/points/<slug:code>/frames/<str:mn>/<int:frame_id>/",
        frames.point_frame,
        name="point-frame",
    ),
    path("live/points/<slug:code>/commands/", commands.point_commands, name="point-commands"),
]
_commands = [
    path("commands/", commands.commands, name="commands"),
    path("commands/order/<str:mn>/<str:code>/", commands.order, name="order"),
    path("commands/<int:pk>/", commands.command, name="command"),
    path("commands/<int:pk>/cancel/", commands.command_cancel, name="command-cancel"),
]
_quarantine = [
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<int:pk>/", quarantine.quarantine_item, name="quarantine-item"),
    path("quarantine/<int:pk>/replay/", quarantine.quarantine_replay, name="quarantine-replay"),
]
_lists = [
    path("lists/filters/", saved.save_filter, name="save-filter"),
    path("lists/filters/<int:pk>/delete/", saved.delete_filter, name="delete-filter"),
    path("lists/exports/", exports.exports, name="exports"),
]
_people = [
    path("people/", include("zhihuan.web.people.urls")),
    path("audit/", include("zhihuan.web.audit.urls")),
]
_inspection = [path("", include("zhihuan.web.inspection.urls"))]  # before what /open/<code>/ takes
_alarms = [path("alarms/", include("zhihuan.web.exceedance.urls"))]
_evidence = [path("evidence/", include("zhihuan.web.vault.urls"))]
_search = [
    path("search/", search.search_page, name="search"),
    path("search/suggestions/", search.suggestions, name="search-suggestions"),
    path("portal/", portal.portal, name="portal"),
    path(
        "portal/<str:code>/electronic-service/",
        electronic_service,
        name="portal-electronic-service",
    ),
]
_registry = [path("registry/", include("zhihuan.web.registry.urls"))]
_documents = [path("", include("zhihuan.web.documents.urls"))]
_matters = [
    path("matters/<int:pk>/identity/", identity, name="matter-identity"),
    path("matters/", include("zhihuan.web.matters.urls")),
]
_visits = [path("visits/", include("zhihuan.web.offline.urls"))]
_clues = [path("clues/", include("zhihuan.web.clues.urls"))]
_discretion = [path("discretion/", include("zhihuan.web.discretion.urls"))]
_statistics = [path("statistics/", include("zhihuan.web.statistics.urls"))]
_looks = [path("display/", display, name="display")]
_operations = [
    path("healthz", operations.healthz, name="healthz"),
    path("livez", operations.livez, name="livez"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
]

urlpatterns = [
    path("", home, name="home"),
    *_live,
    *_commands,
    *_quarantine,
    path("accounts/", include("zhihuan.web.sign_in.urls")),
    *_lists,
    *importing,
    *inbox,
    *tokens,
    *_people,
    *_inspection,
    *open_pages,
    *_search,
    *webhooks,
    *_registry,
    *_documents,
    *_alarms,
    *_evidence,
    *_documents,
    *_matters,
    *_visits,
    *_clues,
    *_discretion,
    *_statistics,
    *_looks,
    *catalogue,
    *_operations,
    late("api/", "zhihuan.web.api.urls"),
    path("", include("zhihuan.web.sensorthings.urls")),
]
