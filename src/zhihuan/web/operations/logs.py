"""Logs of the web part: one JSON object a line on standard error, in the same form as the gateway's.

``ZHIHUAN_LOG_LEVEL`` and ``ZHIHUAN_LOG_FORMAT`` decide how much and how. Who wants files or a server
for logs gives standard error to journald, which is made for it.
"""

from __future__ import annotations

import logging
from typing import Any

import structlog

from zhihuan.web.operations.private import mask_event

_BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(allow=("status", "view", "method", "seconds", "queries")),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(form: str) -> logging.Formatter:
    """form: JSON for machines, TEXT for a terminal."""
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form.upper() == "TEXT":
        last = structlog.dev.ConsoleRenderer(colors=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_BEFORE,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask_event,
            last,
        ],
    )


class WithoutAddress(logging.Filter):
    """Django says ``Not Found: /whatever/somebody/typed``; which view it was, our own line tells."""

    def filter(self, record: logging.LogRecord) -> bool:
        if hasattr(record, "status_code") or hasattr(record, "request"):
            record.msg, record.args = record.msg.partition(":")[0], ()
        return True


def logging_settings(level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": {"()": "zhihuan.web.operations.logs.formatter", "form": form}},
        "filters": {"without_address": {"()": "zhihuan.web.operations.logs.WithoutAddress"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "told",
                "filters": ["without_address"],
            }
        },
        "loggers": {
            # A stranger's Host header is not worth a stack trace.
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
            # every statement with its values: also with DEBUG only for who asks for it in code
            "django.db.backends": {"level": "INFO"},
        },
        "root": {"handlers": ["console"], "level": level.upper()},
    }
