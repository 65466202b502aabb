"""What is kept of weekly tips: subscriptions, deliveries, and the queue of what is due."""
