"""The city's unified sign-on, in allauth's words. Knows no Django: the settings are made of it."""

from __future__ import annotations

from typing import Any

#: The name of the one provider in addresses.
CITY = "city"


def unified_providers(*, server: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """``SOCIALACCOUNT_PROVIDERS``; without a server there is none."""
    if not server:
        return {}
    app = {
        "provider_id": CITY,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server.rstrip("/"), "fetch_userinfo": True},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
