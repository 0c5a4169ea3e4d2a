"""Addresses of documents: below ``/documents/``, and of a matter's file below ``/matters/<pk>/file/``."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.documents import (
    document_page,
    file_bundle_page,
    file_page,
    public_page,
    publication_page,
    receipt_page,
    signing_page,
    void_page,
)

_document = "documents/<int:pk>"
_file = "matters/<int:pk>/file"

urlpatterns = [
    path(f"{_document}/", document_page.document, name="document"),
    path(f"{_document}/download/", document_page.download, name="document-download"),
    path(f"{_document}/receipt-sheet/", document_page.receipt_sheet, name="document-receipt-sheet"),
    path(f"{_document}/receipts/new/", receipt_page.receipt_new, name="receipt-new"),
    path(
        "documents/receipts/<int:pk>/withdraw/",
        receipt_page.receipt_withdraw,
        name="receipt-withdraw",
    ),
    path(f"{_document}/publication/", publication_page.publication, name="publication"),
    path(
        f"{_document}/publication/withdraw/",
        publication_page.withdraw_copy,
        name="publication-withdraw",
    ),
    path(
        f"{_document}/acknowledge/",
        signing_page.acknowledge_receipt,
        name="document-acknowledge",
    ),
    path(f"{_document}/void/", void_page.void_number, name="document-void"),
    path(f"{_file}/", file_page.matter_file, name="matter-file"),
    path(f"{_file}/check/", file_page.check, name="matter-file-check"),
    path(f"{_file}/bundle/", file_bundle_page.file_bundle_new, name="matter-file-bundle"),
    path("documents/bundles/<int:pk>/", file_bundle_page.file_bundle, name="file-bundle"),
    path(
        "documents/bundles/<int:pk>/file/",
        file_bundle_page.file_bundle_file,
        name="file-bundle-file",
    ),
    path("open/documents/<int:pk>/", public_page.public_document, name="public-document"),
]
