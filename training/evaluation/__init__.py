"""The test sets, and the figures of what networks say of them."""
