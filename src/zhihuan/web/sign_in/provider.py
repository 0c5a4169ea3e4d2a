"""The city's unified sign-on, in allauth's words. Knows no Django: the settings are made of it."""

from __future__ import annotations

from typing import Any

#: The name of the one provider in addresses.
CITY = "city"


def unified_providers(
    *, server: str, client_id: str, secret: str, name: str, claim: str = "sub"
) -> dict[str, Any]:
    """``SOCIALACCOUNT_PROVIDERS``; without a server there is none. The city is asked for no more
    than recognising somebody takes: their subject, and their profile where another claim is named.
    """
    if not server:
        return {}
    app = {
        "provider_id": CITY,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server.rstrip("/"), "fetch_userinfo": True},
    }
    scope = ["openid"] if claim == "sub" else ["openid", "profile"]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "SCOPE": scope, "APPS": [app]}}
