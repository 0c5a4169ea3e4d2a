"""Structured logs: one JSON object a line on standard error.

Passwords, keys and raw frames are never passed to a logger; this module could not find them.
"""

from __future__ import annotations

import logging
import sys

import structlog

__all__ = ["write_json_logs"]


def write_json_logs(level: str = "info") -> None:
    """Configure structlog for a process that runs unattended. Times are UTC, ISO 8601."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
