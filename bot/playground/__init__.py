"""A local Slack in the browser: the same bot, over the same signed requests, without a workspace.

Nothing outside this package knows of it. It listens on 127.0.0.1 only.
"""
