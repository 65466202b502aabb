"""Weekly strategy tips: when, which, and that each arrives once. Pure but for delivery's edges."""
