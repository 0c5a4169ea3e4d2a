"""What a page must know to warn before its session ends: how long it holds, and how long it lasts."""

from __future__ import annotations

from typing import Any

from django import template

from zhihuan.web.session_use import seconds_left

register = template.Library()


@register.simple_tag(takes_context=True)
def session_left(context: dict[str, Any]) -> int:
    """Seconds until the session of this page ends without use."""
    return seconds_left(context["request"].session)


@register.simple_tag(takes_context=True)
def session_idle(context: dict[str, Any]) -> int:
    """Seconds it holds after each use."""
    return int(context["request"].session.get_expiry_age())
