"""Simulated devices that report over real sockets with the gateway's own codec.

Everything a device measures is a function of a seed and the moment asked for, so any past value
can be computed again and history needs no memory. What comes from here is synthetic and says so.
"""
