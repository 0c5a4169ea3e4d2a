"""Periodic work of the telemetry floor: a declared table of jobs, one thread each, inside a process.

    scheduler = Scheduler([PeriodicJob("statistics", 60, compute)])
    scheduler.start()
    ...
    scheduler.stop(timeout_seconds=10)

A job that fails is logged with its trace and tried again at its next turn; one that takes longer
than its interval skips turns instead of piling up; ``stop`` waits for the work under way. Starts
are spread, so that the jobs of many processes do not fall on one second.

It refuses calendars, persistence and Django: web background work has its own queue.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

__all__ = ["PeriodicJob", "Scheduler", "SchedulerMetrics"]

_log = structlog.get_logger("zhihuan.telemetry.scheduler")
_SPREAD = 0.1  # of the interval


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """One row of the table. every_seconds: from the start of one run to that of the next. run:
    what it does; it returns what it did, as fields for the log (None or empty: nothing to say)."""

    name: str
    every_seconds: float
    run: Callable[[], Mapping[str, object] | None]
    title: str = ""


class SchedulerMetrics:
    """Prometheus metrics, one label: the job's name."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.runs = Counter(
            "zhihuan_job_runs_total", "runs of periodic jobs", ["job", "result"], registry=registry
        )
        self.seconds = Histogram(
            "zhihuan_job_seconds",
            "duration of periodic jobs",
            ["job"],
            buckets=(0.01, 0.05, 0.2, 1, 5, 20, 60, 300, 1200),
            registry=registry,
        )
        self.last_success = Gauge(
            "zhihuan_job_last_success_timestamp_seconds",
            "end of the last good run",
            ["job"],
            registry=registry,
        )
        self.interval = Gauge(
            "zhihuan_job_interval_seconds", "from start to start", ["job"], registry=registry
        )


class Scheduler:
    """Runs the table until stopped. May be started once."""

    def __init__(
        self, jobs: Sequence[PeriodicJob], *, registry: CollectorRegistry | None = None
    ) -> None:
        names = [job.name for job in jobs]
        if len(set(names)) < len(names):
            raise ValueError(f"two jobs of one name: {sorted(names)}")
        self._jobs = tuple(jobs)
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self.registry = registry or CollectorRegistry()
        self._metrics = SchedulerMetrics(self.registry)
        for job in self._jobs:
            self._metrics.interval.labels(job.name).set(job.every_seconds)

    @property
    def jobs(self) -> tuple[PeriodicJob, ...]:
        """The declared table."""
        return self._jobs

    def start(self) -> None:
        """Start one thread a job and return at once."""
        for job in self._jobs:
            thread = threading.Thread(target=self._keep, args=(job,), name=f"job-{job.name}")
            thread.daemon = True  # a job stuck in a dead disk must not hold the process
            thread.start()
            self._threads.append(thread)

    def stop(self, timeout_seconds: float = 10.0) -> list[str]:
        """Start nothing more and wait for what runs; the names of jobs still running then."""
        self._stopping.set()
        deadline = time.monotonic() + timeout_seconds
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0.0))
        stuck = [thread.name.removeprefix("job-") for thread in self._threads if thread.is_alive()]
        if stuck:
            _log.warning("jobs_still_running", jobs=stuck)
        return stuck

    def run_once(self, name: str) -> Mapping[str, object] | None:
        """Run one job here and now; its error is the caller's. KeyError for an unknown name."""
        return {job.name: job for job in self._jobs}[name].run()

    def _keep(self, job: PeriodicJob) -> None:
        due = time.monotonic() + job.every_seconds * _SPREAD * random.random()  # noqa: S311 - spreads load, guards nothing
        while not self._stopping.wait(max(due - time.monotonic(), 0.0)):
            self._run(job)
            missed = max(time.monotonic() - due, 0.0) // job.every_seconds
            due += (missed + 1) * job.every_seconds

    def _run(self, job: PeriodicJob) -> None:
        started = time.monotonic()
        try:
            did = job.run()
        except Exception:  # noqa: BLE001 - whatever one run met, the next may succeed
            self._metrics.runs.labels(job.name, "failed").inc()
            _log.exception("job_failed", job=job.name)
            return
        took = time.monotonic() - started
        self._metrics.runs.labels(job.name, "ok").inc()
        self._metrics.seconds.labels(job.name).observe(took)
        self._metrics.last_success.labels(job.name).set_to_current_time()
        if did:
            _log.info("job_done", job=job.name, seconds=round(took, 3), **did)
