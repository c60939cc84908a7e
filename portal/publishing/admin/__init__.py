"""The base of every admin page: one write path, no lost update, rows of the user's regions only."""
