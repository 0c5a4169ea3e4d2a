"""The platform's table of periodic work has the steps that matters take by themselves."""

from __future__ import annotations

from zhihuan.web.platform import matter_jobs


def test_the_job_says_what_it_took_and_nothing_when_it_took_nothing(monkeypatch, db):
    (job,) = matter_jobs.matter_jobs()
    assert job.name == "matters-due"
    assert job.run() == {}
    monkeypatch.setattr(matter_jobs, "expire_due", lambda: 3)
    assert job.run() == {"taken": 3}
