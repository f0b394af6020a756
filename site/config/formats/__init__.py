"""How dates and numbers are written, by language; Django reads these before its own (FORMAT_MODULE_PATH)."""
