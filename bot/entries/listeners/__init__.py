"""The listeners of the team's entries: what is typed, the shortcut, forms, buttons."""
