"""What `python -m bot` can do besides starting the bot; one module a subcommand."""
