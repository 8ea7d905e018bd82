"""Files become sheets of rows, and cells values, without a database; spreadsheets are unpacked in a child that exits."""
