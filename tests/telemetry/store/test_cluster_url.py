"""A cluster's URL: what it means, and what is told when it means nothing."""

from __future__ import annotations

import pytest

from zhihuan.telemetry.store import open_store
from zhihuan.telemetry.store.cluster_url import parse_cluster_url


def test_a_plain_url() -> None:
    url = parse_cluster_url("clickhouse://a,b:9001,[::1]:9002/eco?cluster=city")
    assert url.hosts == (("a", 9000), ("b", 9001), ("::1", 9002))
    assert (url.database, url.cluster, url.user, url.password) == ("eco", "city", "default", "")
    assert not url.degrade
    assert not url.secure


def test_all_options() -> None:
    url = parse_cluster_url(
        "clickhouse://us%40er:p%2Fw@h/?cluster=c&quorum=degrade&secure=1&ca_certs=/ca.pem"
        "&connect_seconds=0.5&insert_seconds=3"
    )
    assert (url.user, url.password, url.database) == ("us@er", "p/w", "zhihuan")
    assert url.hosts == (("h", 9440),)
    assert (url.degrade, url.secure, url.ca_certs) == (True, True, "/ca.pem")
    assert (url.connect_seconds, url.insert_seconds) == (0.5, 3.0)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("clickhouse://h/d", "cluster is ''"),
        ("clickhouse://h/d;drop?cluster=c", "database is 'd;drop'"),
        ("clickhouse://h:x/d?cluster=c", "'h:x' is no host"),
        ("clickhouse:///d?cluster=c", "'' is no host"),
        ("clickhouse://h/d?cluster=c&quorum=2", "quorum is '2'"),
        ("clickhouse://h/d?cluster=c&qourum=all", "unknown option qourum"),
        ("clickhouse://h/d?cluster=c&insert_seconds=0", "insert_seconds is '0'"),
        ("postgres://h/d", "scheme 'postgres' is not understood"),
    ],
)
def test_a_wrong_part_is_named(url: str, told: str) -> None:
    with pytest.raises(ValueError, match=told.replace("?", r"\?")):
        open_store(url)


def test_no_message_repeats_the_password() -> None:
    with pytest.raises(ValueError, match="cluster") as caught:
        open_store("clickhouse://u:secret@h/d")
    assert "secret" not in str(caught.value)
