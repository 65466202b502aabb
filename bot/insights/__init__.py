"""What the answers teach: questions sent on to the team, counts, the digest."""
