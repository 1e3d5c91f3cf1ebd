"""What kind of file system a folder is on."""

from __future__ import annotations

from pathlib import Path

NETWORK = {
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "davfs",
    "gfs2",
    "glusterfs",
    "lustre",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
}
NETWORK |= {f"fuse.{name}" for name in ("curlftpfs", "davfs2", "gcsfuse", "glusterfs", "rclone", "s3fs", "sshfs")}
MOUNTS = Path("/proc/self/mountinfo")


def network_file_system(folder: Path) -> str:
    """The kind of network file system that the folder is on; empty if it is on none, or nobody can tell.

    Where mounts can be listed (proc_pid_mountinfo(5)), the one with the longest path above the folder is its own.
    """
    try:
        text = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        real = folder.resolve()
    except OSError:
        return ""
    kind, longest = "", -1
    for line in text.splitlines():
        fields, _, rest = line.partition(" - ")
        point = Path(_unescaped(fields.split()[4]))
        if real.is_relative_to(point) and len(point.parts) >= longest:  # a later mount hides an earlier one
            kind, longest = rest.split()[0], len(point.parts)
    return kind if kind in NETWORK else ""


def _unescaped(field: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field
