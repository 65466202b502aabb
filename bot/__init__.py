"""A Slack app that answers from a bilingual handbook on building a company on large models."""

__version__ = "1.0.0"  # pyproject.toml takes it from here
