"""The web application for an ASGI server."""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

from zhihuan.web.bounded_body import BoundedBody
from zhihuan.web.start import SETTINGS_MODULE

# Static files are small and come as plain iterators (WhiteNoise); Django reads them in a thread.
warnings.filterwarnings(
    "ignore", "StreamingHttpResponse must consume synchronous iterators", module="django.core"
)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
application = BoundedBody(get_asgi_application())
