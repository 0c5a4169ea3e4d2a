"""What is wrong with a running installation, why it matters, and how to mend it.

One file a check in ``checks``; nothing registers them. A check looks and judges, it mends nothing: a
doctor who changes things while looking cannot be run when in doubt.
"""
