"""From a device on a socket to a durable, queryable series: gateway, store, statistics."""
