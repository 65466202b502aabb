"""A workspace's entries in and out: CSV, JSON, and what an import would change. Pure."""
