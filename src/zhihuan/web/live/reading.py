"""Who may read the live page and its data: whoever may see monitoring points.

Every built-in role may (``bureau/people/roles.py``); an account without a role gets the 403 page,
which tells whom to ask.
"""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required

VIEW_POINT = "registry.view_monitoringpoint"
may_read = permission_required(VIEW_POINT, raise_exception=True)
