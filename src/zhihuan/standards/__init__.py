"""National standards as pure functions over arrays, with dated parameters."""
