"""The network, the examples it learns from, its training and its export."""
