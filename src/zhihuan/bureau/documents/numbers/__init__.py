"""Numbers of documents (文号): how they are written, and taken without a gap."""
