"""Power cuts, played out: what the disk holds when only what was synced has reached it.

Two disks are imagined, between which real ones lie: one that remembers changes of names (a new file,
a rename) only once their folder was synced, one that remembers them at once. Both hold of each file
what it held when it was last synced.
"""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.store.store_samples import DAY, TOPIC, article, contents, everything, reading
from watcher.store.base import Batch, Mark, Store
from watcher.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Callable


class Disk:
    """Watches the syncs and renames in a folder, and calls `after` once each has been done."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.synced: dict[int, bytes] = {}  # inode -> contents
        self.names: dict[str, int] = {}  # as of the folder's last sync
        self.after: Callable[[], None] = lambda: None
        self._held: list[int] = []  # a file that is open keeps its inode from being given to another
        self._fsync, self._replace = os.fsync, os.replace
        monkeypatch.setattr(os, "fsync", self._on_fsync)
        monkeypatch.setattr(os, "replace", self._on_replace)

    def _on_fsync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            self.names = self._names_now()
        else:
            self._held.append(os.open(f"/proc/self/fd/{descriptor}", os.O_RDONLY))
            self.synced[status.st_ino] = Path(f"/proc/self/fd/{descriptor}").read_bytes()
        self.after()

    def _on_replace(self, old: Any, new: Any) -> None:
        self._replace(old, new)
        self.after()

    def _names_now(self) -> dict[str, int]:
        return {entry.name: entry.inode() for entry in os.scandir(self.folder)}

    def images(self, where: Path) -> list[Path]:
        """The folder as either disk holds it now."""
        made = []
        for number, names in enumerate((self.names, self._names_now())):
            image = where / f"{len(list(where.iterdir()))}-{number}"
            image.mkdir()
            for name, inode in names.items():
                (image / name).write_bytes(self.synced.get(inode, b""))
            made.append(image)
        return made

    def close(self) -> None:
        for descriptor in self._held:
            os.close(descriptor)


def commits() -> list[Callable[[Store], object]]:
    later = article("a3", hours=50)
    return [
        lambda store: store.commit(everything()),
        lambda store: store.commit(Batch(marks=[Mark("a2", read=True)], meta={"pipeline": "8"})),
        lambda store: store.commit(Batch(articles=[later], readings=[reading(later), reading(later, topic="New")])),
        lambda store: store.prune(DAY + timedelta(hours=1)),
        lambda store: store.compact(),
        lambda store: store.commit(Batch(unmatched=[("a2", TOPIC)], meta={"pipeline": "9"})),
    ]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to see which file is synced")
def test_a_power_cut_at_any_moment_leaves_all_of_a_change_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, where, topics = tmp_path / "data", tmp_path / "images", (TOPIC, "New")
    folder.mkdir()
    where.mkdir()
    disk = Disk(folder, monkeypatch)
    store = open_store(folder)
    before, cuts = contents(store, topics), 0
    for commit in commits():
        images: list[Path] = []
        disk.after = lambda images=images: images.extend(disk.images(where))  # type: ignore[misc]
        commit(store)
        disk.after = lambda: None
        after = contents(store, topics)
        cuts += len(images)
        for image in images:
            again = open_store(image, read_only=True)
            assert contents(again, topics) in (before, after), image
            assert list(again.check()) == []
        for image in disk.images(where):
            again = open_store(image)
            assert contents(again, topics) == after, "what was acknowledged is there"
            again.commit(Batch(meta={"pipeline": "10"}))
            assert open_store(image).meta("pipeline") == "10"
        before = after
    assert cuts > 50
    disk.close()
