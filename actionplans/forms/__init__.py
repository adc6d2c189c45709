"""What is typed about line C, a room for each noun."""
