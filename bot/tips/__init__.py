"""Weekly strategy tips: schedule, rotation, settings, and their messages in the outbox."""
