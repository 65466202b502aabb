"""Messages that must arrive once: claim -> post -> record. It knows no feature."""
