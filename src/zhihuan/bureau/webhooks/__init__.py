"""Webhooks: who outside is told of which events, signed, in order, again and again until it arrives."""
