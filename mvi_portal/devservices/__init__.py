"""PostgreSQL and Valkey for a machine that has neither: private to one checkout and one user.

Both listen on sockets in a folder that only their user may enter, so they need no port and no password.
Whoever uses them holds a shared lock that the system takes back when a process dies, however it dies:
the last user stops them, and after a kill -9 the next one finds them up, or clears what is left.
"""
