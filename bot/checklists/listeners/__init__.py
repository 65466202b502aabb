"""The listeners of running checklists: what is typed, buttons, forms."""
