"""What is heard: where each clip comes from, and which clips may be used for what."""
