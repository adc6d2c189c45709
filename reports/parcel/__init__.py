"""All that goes with a letter, from one snapshot; what makes its documents is written against `plan`."""
