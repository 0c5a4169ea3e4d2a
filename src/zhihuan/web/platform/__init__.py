"""The whole platform in one process: web, gateway and periodic work sharing one store."""
