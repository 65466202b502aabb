"""What bot/app.py is put together from: one module for each part, wiring only."""
