"""DfE Sign-in's public API, with its two spellings of an organisation and its window of ninety days."""
