"""The live page: map, list, filters, a point's drawer, the stream of changes."""
