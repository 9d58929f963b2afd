"""Raw sheets to mapped regions: which tables stand on a sheet, which column is which field."""
