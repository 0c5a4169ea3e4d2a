"""What the data show that a person should look at. Pure: arrays in, findings with their reasons out."""
