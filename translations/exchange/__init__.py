"""Translations that leave the newsroom as a file and come back as one: XLIFF 2.1, a bilingual sheet, and TMX."""
