"""Where an enterprise's people begin: their outlets now, what they have to do, what their permit allows."""
