"""What every business line stands on: people, the registry of places, data acquisition."""
