"""What is printed of evaluations: the report of a round, and the reply to a signatory.

`report` and `reply` make HTML of what the register holds; `jobs` prints it, in a worker only.
"""
