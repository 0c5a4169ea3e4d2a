"""Signatures written by hand on a screen (手写签名): their strokes with times, kept in the vault and drawn into
documents. A signature of this room proves who held the pen to those who stood there; it is no certificate-based
electronic signature (电子签名法 §13) and never called one."""
