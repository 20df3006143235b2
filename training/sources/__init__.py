"""The data: where each clip comes from, and which clips may be used for what."""
