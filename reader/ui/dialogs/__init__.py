"""What is asked in between; a dialog knows what it is handed, and answers with a value."""
