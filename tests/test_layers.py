"""Imports go one way: cli -> ui -> engine -> (feeds, detect, store) -> domain, and config -> domain."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "watcher"

ALLOWED = {
    "domain": set(),
    "errors": set(),
    "detect": {"domain"},
    "feeds": {"domain", "errors"},
    "store": {"domain", "errors"},
    "config": {"domain", "errors"},
    "engine": {"domain", "errors", "detect", "feeds", "store", "config"},
    "export": {"domain", "errors", "engine", "store"},
    "ui": {"domain", "errors", "engine", "store", "config", "export"},
    "cli": {"domain", "errors", "engine", "store", "config", "ui", "export", "detect", "feeds"},
    "__main__": {"cli"},
}


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The modules that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            module = node.module or ""
            found |= {f"watcher.{alias.name}" for alias in node.names} if module == "watcher" else {module}
    return found


def imports(path: Path) -> set[str]:
    """The layers of `watcher` that a module imports."""
    return {name.split(".")[1] for name in imported(path) - {"watcher.__version__"} if name.startswith("watcher.")}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_layers_below_its_own(path: Path) -> None:
    own = layer(path)
    if own == "__init__":
        assert not imports(path)
        return
    assert imports(path) - {own} <= ALLOWED[own]


def test_domain_uses_the_standard_library_only() -> None:
    for path in (PACKAGE / "domain").rglob("*.py"):
        for name in imported(path):
            root = name.split(".")[0]
            assert root == "watcher" or root in sys.stdlib_module_names, f"{path}: {name}"
