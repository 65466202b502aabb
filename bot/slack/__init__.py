"""The edge that all features share: requests in, replies out, blocks, errors, both transports."""
