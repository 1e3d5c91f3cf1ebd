"""The rules: each looks at one target in one sentence and says whose position it shows."""
