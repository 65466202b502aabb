"""The listeners of weekly tips: what is typed, the settings, the Home tab's buttons."""
