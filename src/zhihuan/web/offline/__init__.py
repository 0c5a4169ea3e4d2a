"""A visit without a network: what a phone takes along, what it sends when it is back, what is then decided.

Everything of it lies below ``/visits/``, so that the service worker has no say over any other page.
"""
