"""The listeners of questions to the team, and of figures."""
