"""The handbook for AI agents: a read-only server of the Model Context Protocol (extra `[mcp]`)."""
