"""The catalogue as a workbook with a ZIP of files: read, judged row by row, written."""
