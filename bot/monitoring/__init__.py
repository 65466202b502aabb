"""What an operator sees of the running bot: whether it is ready, and what it counts."""
