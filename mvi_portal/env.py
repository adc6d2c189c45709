"""Values from the environment: typed, and loud when they are wrong."""
