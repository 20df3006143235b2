"""The test sets, and the networks' figures on them."""
