"""What Prometheus scrapes is what happened."""

from __future__ import annotations

import urllib.request
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from zhihuan.telemetry.gateway.metrics import Histogram


def scrape(port: int) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        families = list(text_string_to_metric_families(answer.read().decode()))
    return {
        f"{sample.name.removeprefix('zhihuan_gateway_')}{sorted(sample.labels.values())}": sample.value
        for family in families
        for sample in family.samples
    }


async def test_frames_answers_and_refusals_are_counted(gateway_with: Any) -> None:
    async with gateway_with(metrics_port=0) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        sent = rig.upload(mn)
        peer.send(sent)
        await peer.answer()
        peer.send(sent, rig.upload("UNKNOWN"), rig.with_wrong_crc(rig.upload(mn)), rig.upload(mn))
        await peer.answers(2)
        await rig.reasons(2)
        found = scrape(rig.gateway._metrics_endpoint.port)
        assert found["frames_total['2017', 'stored']"] == 2
        assert found["frames_total['2017', 'duplicate']"] == 1
        assert found["frames_total['2017', 'unknown_device']"] == 1
        assert found["frames_total['bad_crc', 'unknown']"] == 1
        assert found["quarantined_total['bad_crc']"] == 1
        assert found["ack_seconds_count[]"] == 2
        assert found["commit_seconds_count[]"] >= 2
        assert found["connections[]"] == 1
        assert found["devices_online[]"] == 1
        assert found["queued_bytes[]"] == 0
        assert found["store_up[]"] == 1
        assert found["received_bytes_total[]"] > 500


async def test_a_store_that_is_down_shows(gateway_with: Any) -> None:
    async with gateway_with(metrics_port=0) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        rig.store.down = True
        peer.send(rig.upload(mn))
        await rig.until(lambda: not rig.gateway.reception.commit.store_up)
        found = scrape(rig.gateway._metrics_endpoint.port)
        assert found["store_up[]"] == 0
        assert found["commits_total['unavailable']"] >= 1
        assert found["queued_frames[]"] == 1


def test_a_histogram_counts_each_observation_in_its_bucket() -> None:
    histogram = Histogram((0.1, 1.0))
    for seconds, times in ((0.1, 3), (0.5, 2), (9.0, 1)):
        histogram.observe(seconds, times)
    assert histogram.buckets() == [("0.1", 3.0), ("1.0", 5.0), ("+Inf", 6.0)]
    assert histogram.count == 6
    assert histogram.total == 0.3 + 1.0 + 9.0
