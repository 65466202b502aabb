"""The ids that builders and listeners share."""

EXPORT = "entry_export"  # its value is a format
IMPORT = "entry_import"
IMPORT_VIEW, IMPORT_TEXT = "entry_import_view", "entry_import_text"
