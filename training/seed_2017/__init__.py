"""The network of the question, and what its initialisation and loss do to its probabilities."""
