"""What checks look at: the settings, the moment, and the figures of the running platform."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from zhihuan.web.doctor.running import Unreachable, metrics_text


@dataclass
class Patient:
    """settings: Django's. now: aware. deep: also what takes minutes and disk may be done."""

    settings: Any
    now: dt.datetime
    deep: bool = False

    @property
    def home(self) -> Path:
        """The folder that holds everything."""
        return Path(self.settings.ZHIHUAN_HOME)

    @cached_property
    def figures(self) -> dict[str, dict[str, float]] | None:
        """The running platform's metrics, name -> (the only label's value, "" without) -> figure;
        None when it does not answer."""
        try:
            text = metrics_text(self.settings)
        except Unreachable:
            return None
        found: dict[str, dict[str, float]] = {}
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                label = next(iter(sample.labels.values()), "")
                found.setdefault(sample.name, {})[label] = sample.value
        return found
