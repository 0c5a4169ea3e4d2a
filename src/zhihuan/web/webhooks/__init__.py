"""Pages of webhooks: set up, rotate, pause, the log of deliveries, replay."""
