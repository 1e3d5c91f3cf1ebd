"""The panes of the screen. Every word from outside is drawn as plain text, never as markup."""
