"""What YAMNet hears in a clip, and what that says of our labels."""
