"""Files become sheets of rows; spreadsheets are unpacked in a child process that exits."""
