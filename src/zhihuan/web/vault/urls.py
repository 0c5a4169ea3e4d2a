"""Addresses of evidence and of refused files, below ``/evidence/``."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.vault import bundle_page, gallery_page, piece_page, refused_page

urlpatterns = [
    path("of/<int:matter>/", gallery_page.gallery, name="evidence-of"),
    path("of/<int:matter>/add/", gallery_page.add, name="evidence-add"),
    path("of/<int:matter>/bundles/", bundle_page.bundle_new, name="evidence-bundle-new"),
    path("bundles/<int:pk>/", bundle_page.bundle, name="evidence-bundle"),
    path("bundles/<int:pk>/file/", bundle_page.bundle_file, name="evidence-bundle-file"),
    path("<int:pk>/", piece_page.piece, name="evidence"),
    path("<int:pk>/file/", piece_page.download, name="evidence-file"),
    path("<int:pk>/preview/", piece_page.preview, name="evidence-preview"),
    path("<int:pk>/thumbnail/", piece_page.thumbnail, name="evidence-thumbnail"),
    path("<int:pk>/custody/", piece_page.keep, name="evidence-keep"),
    path("refused/", refused_page.refused, name="refused-files"),
    path("refused/<int:pk>/", refused_page.refused_file, name="refused-file"),
    path("refused/<int:pk>/file/", refused_page.refused_bytes, name="refused-bytes"),
]
