"""The listeners of the answers: what people type, buttons, the Home tab, the shortcut."""
