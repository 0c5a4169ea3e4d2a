"""Addresses of the interface for programs, below ``/api/``; made late (``web/late_resolver.py``)."""

from __future__ import annotations

from zhihuan.web.api.interface import urlpatterns as made

urlpatterns = made(below="")
