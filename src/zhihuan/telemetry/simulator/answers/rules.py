"""Which command a logger of which edition understands (HJ 212-2017, table 9; 2025 and surface
water at second hand)."""

from __future__ import annotations

from zhihuan.telemetry.simulator.answers import adjusting, operating, reporting
from zhihuan.telemetry.simulator.answers.command import Rule

__all__ = ["RULES", "RULES_OF"]

RULES: dict[str, Rule] = {
    "1000": adjusting.set_timeouts,
    "1011": adjusting.get_clock,
    "1012": adjusting.set_clock,
    "1061": adjusting.get_realtime_interval,
    "1062": adjusting.set_realtime_interval,
    "1072": adjusting.set_password,
    "2011": reporting.realtime,
    "2012": reporting.stop_realtime,
    "2021": reporting.start_status,
    "2022": reporting.stop_status,
    "2031": reporting.history("day"),
    "2041": reporting.run_times,
    "2051": reporting.history("minute"),
    "2061": reporting.history("hour"),
    "3011": operating.operate,
    "3012": operating.operate,
    "3013": operating.operate,
}
_SINCE_2017: dict[str, Rule] = {
    "1063": adjusting.get_minute_interval,
    "1064": adjusting.set_minute_interval,
    "3014": operating.operate,
    "3015": operating.retain_sample,
    "3016": operating.set_cycle,
    "3017": operating.get_cycle,
    "3018": operating.sample_minutes,
    "3019": operating.serial_number,
    "3020": operating.information,
    "3021": operating.set_parameter,
}
RULES_OF: dict[str, dict[str, Rule]] = {
    "2005": {
        "1001": operating.operate,
        "1021": adjusting.get_alarm_limits,
        "1022": adjusting.set_alarm_limits,
        "1031": adjusting.get_alarm_target,
        "1032": adjusting.set_alarm_target,
        "1041": adjusting.get_report_time,
        "1042": adjusting.set_report_time,
        "3014": operating.set_cycle,
    },
    "2017": _SINCE_2017,
    "2025": _SINCE_2017
    | {
        "1002": adjusting.set_number,
        "1014": adjusting.set_key,
        "2013": reporting.history("minute"),
        "2062": reporting.checks,
        "3022": operating.retain_sample,
        "3024": operating.operate,
    },
    # R6, at second hand: 1014/1015 are the logger's clock here, 3015 remote sampling
    "surface_water": {
        "1014": adjusting.get_clock,
        "1015": adjusting.set_clock,
        "2062": reporting.checks,
        "3015": operating.operate,
        "3020": operating.information,
        "3042": operating.operate,
        "3043": operating.operate,
        "3044": operating.operate,
        "3045": operating.operate,
        "3046": operating.operate,
        "3056": operating.operate,
        **{str(code): operating.operate for code in range(3080, 3087)},
        "3100": operating.operate,
    },
}
