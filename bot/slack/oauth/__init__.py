"""“Add to Slack”: from the link to a workspace's token, encrypted in the database, and back."""
