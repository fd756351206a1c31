"""Questions of the library's banks, pure: what they are, how they are read, written, chosen and marked."""
