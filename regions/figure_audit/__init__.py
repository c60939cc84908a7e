"""What the figures themselves give cause to ask: questions to the editor, answered by the public notes, never a change."""
