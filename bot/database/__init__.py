"""What is kept: subscriptions, deliveries, preferences, settings, lookups, feedback.

SQLAlchemy is imported by the modules in here and by no other package; this one stays empty so that
`import bot` and the terminal's answers stay light.
"""
