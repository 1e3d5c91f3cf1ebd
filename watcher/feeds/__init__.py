"""The outside world: fetching, parsing and cleaning feeds. The only package that opens sockets."""
