"""The listeners of a workspace's settings."""
