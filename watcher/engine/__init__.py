"""The pipeline from articles to the board, and the poller that drives it."""
