"""From recordings to a model folder: what is heard, the network, its teachers and its tests (README.md)."""
