"""What pages show of penalty cases beside what every matter shows."""
