"""What is kept of running checklists: runs, their posts, messages to update, muted people."""
