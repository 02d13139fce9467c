"""The password of the benchmarks' own users, in databases that live for minutes."""

PASSWORD = "a password for an hour"
