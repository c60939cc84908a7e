"""The size of a file in the words a computer shows: 1.2 MB, 35 KB."""

KILOBYTE, MEGABYTE = 1024, 1024 * 1024


def print_file_size(size: int) -> str:
    """Of `size` bytes; never 0 for a file that has any."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB"
    # What rounds to 1024 KB is the next unit already.
    return f"{max(1, round(size / KILOBYTE))} KB" if round(size / KILOBYTE) < KILOBYTE else "1.0 MB"
