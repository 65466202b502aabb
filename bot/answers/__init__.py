"""What was typed in, a reply out: the bot's conversation without Slack."""
