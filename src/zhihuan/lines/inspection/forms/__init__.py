"""What the steps ask, a file a subject: plans, the way to a visit, what is written there, how it ends."""
