"""The registry: enterprises and places, monitoring points, devices, factors and limits."""
