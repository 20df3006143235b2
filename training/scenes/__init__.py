"""Scenes with known times: who sounds when, over which background, in whose room."""
