"""Checklists that a team ticks off together. Pure but for the sender and the loop."""
