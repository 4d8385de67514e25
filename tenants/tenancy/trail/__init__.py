"""What is done with the personal text of audit trails: erasing one subject's, and sealing all keys anew."""
