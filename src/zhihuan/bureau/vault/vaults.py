"""The platform's own vault and the folder of what was refused, where the settings lead."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from zhihuan.bureau.vault.store import Vault

__all__ = ["the_vault"]


def the_vault() -> Vault:
    """``vault`` in ZHIHUAN_HOME. Costs nothing to make."""
    return Vault(Path(settings.ZHIHUAN_HOME) / "vault")
