"""Files that people hand in: photos made fit to keep."""
