"""An installation makes its own keys once, readable by nobody else."""

from __future__ import annotations

import stat

from zhihuan.web.keys import sealing_keys, secret_key


def test_a_key_is_made_once_and_kept(tmp_path):
    home = tmp_path / "new" / "home"
    first = secret_key(home)
    assert len(first) >= 50
    assert secret_key(home) == first
    assert sealing_keys(home, []) == sealing_keys(home, [])


def test_two_installations_do_not_share_keys(tmp_path):
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_only_the_owner_may_read(tmp_path):
    home = tmp_path / "home"
    secret_key(home)
    sealing_keys(home, [])
    for path in home.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_given_key_is_used_and_nothing_is_written(tmp_path):
    assert secret_key(tmp_path, "given") == "given"
    assert sealing_keys(tmp_path, ["k1", "k2"]) == ["k1", "k2"]
    assert list(tmp_path.iterdir()) == []


def test_no_half_written_file_is_left_behind(tmp_path):
    secret_key(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
