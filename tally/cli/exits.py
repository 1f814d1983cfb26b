"""What a command's exit code says; `--help` says it to people, README to other programs."""

EXIT_FAILED, EXIT_USAGE, EXIT_STRICT, EXIT_UNREAD, EXIT_INTERRUPTED = 1, 2, 3, 141, 130
