"""On which line a key stands, in any layout that TOML allows."""

from __future__ import annotations

import pytest

from watcher.config.lines import line_of

TEXT = '''\
a.b = 1            # 1
text = """
c = 2
"""
[table]            # 5
c = 3
list = [
  "x",             # 8

  # a comment with "quotes", and = signs
  { y = 1 },
]
[[many]]           # 13
d = 1
[[many.inner]]
e = 1
[[many]]           # 17
"quoted key" = 1
[[many.inner]]     # 19
e = 2
[[many.inner]]
e = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a", "b"), 1),
        (("text",), 2),
        (("table",), 5),
        (("table", "c"), 6),
        (("table", "list"), 7),
        (("table", "list", 0), 8),
        (("table", "list", 1), 11),
        (("table", "list", 1, "y"), 11),
        (("many", 0), 13),
        (("many", 0, "d"), 14),
        (("many", 0, "inner", 0, "e"), 16),
        (("many", 1), 17),
        (("many", 1, "quoted key"), 18),
        (("many", 1, "inner", 0, "e"), 20),
        (("many", 1, "inner", 1, "e"), 22),
        (("many", 1, "inner", 1, "missing"), 21),
        (("nowhere",), None),
    ],
)
def test_the_line_of_a_key(path, line) -> None:
    assert line_of(TEXT, path) == line
