"""OGC SensorThings API 1.1 (18-088), the reading half: monitoring points as Things, what they report as
Datastreams, the telemetry store's rows as Observations.

``odata`` reads addresses and options and knows nothing of the platform; ``entity_sets`` names the
eight kinds of entity; ``conditions`` turns a filter into a database condition; ``observing`` reads the
store. It refuses to write: every method but GET and HEAD is answered 405.
"""
