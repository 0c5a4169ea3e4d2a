"""HJ 212 data-transmission protocol, sans-IO: bytes in, messages out, and back."""
