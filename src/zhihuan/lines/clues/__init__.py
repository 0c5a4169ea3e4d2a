"""Clues (线索): whatever hints at a violation, from whichever channel, in one pool: registered at once, judged,
sent to the branch of its town, checked by two officers, settled, and told to who reported it.

Source: 生态环境行政处罚办法（部令第30号）立案以前的环节; 生态环境法典 §146 (feedback to a named informant, whose identity
stays secret). A clue is a hint and never a finding: what follows from it is decided by people.
"""
