"""The platform's table of periodic work has the steps that matters take by themselves, and clocks of a new version."""

from __future__ import annotations

from zhihuan.web.platform import matter_jobs


def test_the_job_says_what_it_took_and_nothing_when_it_took_nothing(monkeypatch, db):
    (job,) = matter_jobs.matter_jobs()
    assert job.name == "matters-due"
    assert job.run() == {}
    monkeypatch.setattr(matter_jobs, "expire_due", lambda: 3)
    assert job.run() == {"taken": 3}


def test_the_job_of_a_new_version_says_how_many_clocks_moved(monkeypatch, db):
    job = matter_jobs.following_job()
    assert (job.name, job.run()) == ("matters-clocks", {})
    monkeypatch.setattr(matter_jobs, "follow_installed", lambda seconds, rest: 7)
    assert job.run() == {"moved": 7}
