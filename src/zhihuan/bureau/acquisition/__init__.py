"""Acquisition: what happens between the devices and the bureau, kept in the relational database.

Quarantined traffic, orders to devices and their exchanges, connections, daily seals; and the
adapters through which the telemetry floor reaches them.
"""
