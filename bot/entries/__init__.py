"""A workspace's own entries: proposed, published, kept in history, found like the handbook's."""
