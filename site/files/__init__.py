"""Files that people hand in, made fit to keep; files handed out: names, archives, streams."""
