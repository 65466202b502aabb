"""One builder for each kind of entry: its text as rich text."""
