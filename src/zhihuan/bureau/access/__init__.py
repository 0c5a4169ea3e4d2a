"""Programs at the door: tokens that let them in, how often they may ask, what they are told of."""
