"""What keeps entries of this app from being published."""

from regions.gate import event, figure, files, named_figures, photo

__all__ = ["event", "figure", "files", "named_figures", "photo"]
