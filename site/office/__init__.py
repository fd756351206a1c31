"""Workbooks of the office: read with every fault named by its place, written so that nothing in them runs."""
