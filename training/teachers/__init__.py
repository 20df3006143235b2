"""The teachers' outputs for clips, and what they mean for our labels."""
