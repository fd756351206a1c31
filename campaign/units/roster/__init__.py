"""A school's units, people and roles in one workbook: read, judged row by row, applied as a whole, written."""
