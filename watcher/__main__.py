"""Entry point: `watcher` and `python -m watcher`."""

from __future__ import annotations


def main() -> None:
    """Runs the command line."""
    from watcher.cli import main as run

    run()


if __name__ == "__main__":
    main()
