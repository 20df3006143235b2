"""The network of the question, and the effect of its initialisation and loss on its probabilities."""
