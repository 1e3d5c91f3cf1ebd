"""Where everything is kept.

base        what the engine and the screen ask of a store
open        opens the one that the settings name
memory      a store that ends with the process
tiny        the store in a data folder, in terms of
  tables      TinyDB's API over
  storage     all tables of a folder, and the change of several as one
    articles    a table whose texts stay on disk, found by their index
    loaded      a table that is in memory
    records     what a line says, and its versions
    lines       a line and its checksum
    folder      files that grow, and the one moment when a change happens
    manifest    which bytes of which files count
  upkeep      retention, compaction, damage
"""
