"""Signing in: password, second factor, the city's unified sign-on; what is due before any work."""
