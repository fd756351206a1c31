"""Addresses elsewhere: finding them in pages, asking politely, judging what was answered."""
