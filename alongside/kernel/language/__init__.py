"""Words and their translations: taken out of the code, kept in catalogues, made ready for use."""
