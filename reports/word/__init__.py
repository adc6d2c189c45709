"""The letter and its notes in Word: taken out with a name on each paragraph, and what comes back compared."""
