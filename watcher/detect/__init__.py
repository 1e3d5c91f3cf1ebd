"""Text to statements: rules over a shallow grammar, no I/O."""
