"""From recordings to a model folder: the data, the network, its teachers and its tests (README.md)."""
