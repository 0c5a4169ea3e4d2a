"""The web application for an ASGI server."""

from __future__ import annotations

import os
import warnings

import django

from zhihuan.web.bounded_body import BoundedBody
from zhihuan.web.page_threads import PageThreads
from zhihuan.web.start import SETTINGS_MODULE

# Static files are small and come as plain iterators (WhiteNoise); Django reads them in a thread.
warnings.filterwarnings(
    "ignore", "StreamingHttpResponse must consume synchronous iterators", module="django.core"
)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
django.setup(set_prefix=False)
application = BoundedBody(PageThreads())
