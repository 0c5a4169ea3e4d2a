"""Places of the city: its towns and subdistricts, and which of them a coordinate lies in."""
