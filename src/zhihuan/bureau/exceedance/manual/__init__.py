"""Manual monitoring beside an episode: what is known of it, what was entered, which data prevail, what the branch made of it.

Source: 生态环境行政处罚办法（部令第30号）§30, by the parameter ``exceedance/manual_data``.
"""
