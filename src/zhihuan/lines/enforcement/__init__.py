"""Administrative penalties (行政处罚): a case from its clue to the closed and published file, and the simple
procedure on the spot.

Source: 行政处罚法 (2021), 生态环境行政处罚办法 (部令第30号), 行政强制法. It judges time, order, people and money;
whether the facts are true and the penalty is just stays with whoever decides. It imports no other line: what
a case grows out of, and what grows out of it, is linked by the engine of matters.
"""
