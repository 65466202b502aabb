"""A workspace's settings, and who may do what."""
