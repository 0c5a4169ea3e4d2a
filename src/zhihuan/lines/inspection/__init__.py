"""On-site inspection (现场检查): plans whose draw anyone can re-compute, the one-visit rule, the positive list, and
a visit from its assignment through records, interviews and samples to what is told to the party.

Source: 国办发〔2015〕58号 (双随机一公开), 国办发〔2024〕54号 (涉企行政检查), 行政处罚法 (2021) §§42, 55.
"""
