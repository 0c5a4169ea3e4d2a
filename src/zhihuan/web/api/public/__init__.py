"""The public part of the interface: no token; counted by address; what the declaration names, no more."""
