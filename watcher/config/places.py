"""Where the config file is looked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.domain.settings import Settings

NAME = "config.toml"


def expanded(name: str | Path) -> Path:
    """The path with ~ for the user's own folder; a user who is not there stays as written."""
    return Path(os.path.expanduser(name))


def user_config() -> Path:
    """The config file in the user's own folder, where `watcher init` writes it."""
    from platformdirs import user_config_path

    return user_config_path("watcher", appauthor=False) / NAME


def user_data() -> Path:
    """The folder for data, unless the config or the command line names another."""
    from platformdirs import user_data_path

    return user_data_path("watcher", appauthor=False)


def data_folder(settings: Settings) -> Path:
    """The folder for data: the config's, else the user's own."""
    if settings.store.path:
        return (settings.folder / expanded(settings.store.path)).absolute()
    return user_data()


def packaged() -> Path:
    """The config that comes with the program; in a source tree it stands beside the package."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "defaults" / NAME
    return shipped if shipped.is_file() else package.parent / NAME


def find(explicit: Path | None = None) -> Path:
    """The config file to use: `explicit`, $WATCHER_CONFIG, ./config.toml, the user's, the packaged one.

    The first two must exist; of the others the first that does is taken. Raises ConfigError.
    """
    if explicit:
        return named(explicit, "--config")
    if variable := os.environ.get("WATCHER_CONFIG"):
        return named(expanded(variable), "$WATCHER_CONFIG")
    for path in (Path(NAME), user_config()):
        if os.path.isfile(path):
            return path.absolute()
    return packaged()


def named(path: Path, by: str) -> Path:
    """`path`, which must be a file because a person named it."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        what = "is not there; `watcher init` writes a new one"
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
    else:
        if path.is_file():
            return path.absolute()
        what = "is a folder; name the file in it" if path.is_dir() else "is no plain file; copy it into one"
    raise ConfigError(f"the file named by {by} {what}", path=path)
