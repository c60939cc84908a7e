"""Charts of figures, drawn on the server: numbers and dates in, whole coordinates out."""
