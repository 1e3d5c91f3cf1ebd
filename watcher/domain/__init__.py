"""The terms of the field as plain frozen values: standard library only, no I/O, no clock."""
