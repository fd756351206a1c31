"""Award submissions."""
