"""What operators' tools ask: is it alive, and how is it doing."""
