"""``{{ value|to_json }}``: JSON for an attribute, escaped by the template as any text."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def to_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
