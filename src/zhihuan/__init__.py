"""zhihuan 智环: the online platform of a city ecology-and-environment bureau."""

__version__ = "0.1.0"
