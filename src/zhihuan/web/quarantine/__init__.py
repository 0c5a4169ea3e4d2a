"""The quarantine pages: refused traffic, why, and replaying it."""
