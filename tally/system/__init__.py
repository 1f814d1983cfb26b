"""What differs from one operating system to another, each thing in one place."""
