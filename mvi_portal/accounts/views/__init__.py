"""Coming in and going out, one's own account, and what an administrator keeps."""
