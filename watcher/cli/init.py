"""`watcher init`: the default config as a file of one's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from watcher.cli.session import Session, command
from watcher.errors import WatcherError


@command("init", "watcher init")
@click.pass_obj
def init_command(session: Session) -> int:
    """Write a commented config, with its seeds, into your own folder (or to --config FILE).

    An existing config is never touched.
    """
    from watcher.config.places import NAME, expanded, packaged, user_config

    named = session.config or os.environ.get("WATCHER_CONFIG")
    target = expanded(named).absolute() if named else user_config()
    if os.path.isdir(target):
        target /= NAME
    if os.path.lexists(target):
        click.echo(f"{target} is there already and stays as it is.")
        return 0
    try:
        write(packaged(), target)
    except OSError as error:
        raise WatcherError(f"{error.filename or target}: cannot be written: {error.strerror or error}") from None
    in_use = "" if not named else f" --config {target}"
    click.echo(f"Wrote {target}")
    click.echo("Edit its topics and feeds; then:")
    click.echo(f"  watcher{in_use} check     looks over what you wrote")
    click.echo(f"  watcher{in_use} doctor    asks every feed once")
    click.echo(f"  watcher{in_use}           shows the board")
    return 0


def write(source: Path, target: Path) -> None:
    """Copies config and seeds, and the schema that editors check it against. Raises OSError."""
    import watcher.config

    target.parent.mkdir(parents=True, exist_ok=True)
    for seed in (Path(seed.path) for topic in watcher.config.load(source).topics for seed in topic.seeds):
        copy = target.parent / seed.relative_to(source.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            shutil.copyfile(seed, copy)
    schema = Path(watcher.config.__file__).parent / "config.schema.json"
    shutil.copyfile(schema, target.parent / schema.name)
    _, _, rest = source.read_text(encoding="utf-8").partition("\n")
    with target.open("x", encoding="utf-8") as file:
        file.write(f"#:schema ./{schema.name}\n{rest}")
