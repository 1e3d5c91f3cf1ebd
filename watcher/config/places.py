"""Where the config file is looked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.domain.settings import Settings

NAME = "config.toml"


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
        return (settings.folder / Path(settings.store.path).expanduser()).absolute()
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
        return named(Path(variable).expanduser(), "$WATCHER_CONFIG")
    for path in (Path(NAME), user_config()):
        if exists(path):
            return path.absolute()
    return packaged()


def named(path: Path, by: str) -> Path:
    """`path`, which must be a file because a person named it."""
    if exists(path):
        return path.absolute()
    what = "is a folder; name the file in it" if path.is_dir() else "is not there; `watcher init` writes a new one"
    raise ConfigError(f"the file named by {by} {what}", path=path)


def exists(path: Path) -> bool:
    """Whether `path` is a file that can be looked at; a folder that may not be entered holds none."""
    try:
        return path.is_file()
    except OSError:
        return False
