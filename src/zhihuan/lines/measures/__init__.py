"""What the bureau does beside fines (配套措施), a procedure a file:

    correction_order    责令改正违法行为
    sealing             查封、扣押
    production_limit    限制生产、停产整治
    daily_fine          按日连续处罚
    detention_transfer  移送适用行政拘留
    crime_transfer      移送涉嫌环境犯罪
    special_team        专案
    observation         执法观察期

All keep their matters in one model (``models.Measure``). Which law they rest on hangs on the day: from
2026-08-15 it is 生态环境法典, before it the laws that the Code repealed (``law``).
"""
