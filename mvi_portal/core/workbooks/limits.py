"""How much of a workbook is taken in. Above it stands no list of this portal, so a file is no list of it."""

MB = 1024 * 1024
FILE_BYTES = 20 * MB
BESIDE_BYTES = 200 * MB  # a zip with documents beside it
UNPACKED_BYTES = 200 * MB  # all parts of a file together
PARTS = 2_000
ROWS = 50_000
COLUMNS = 200
CELLS = 600_000  # that hold something, over all sheets
CHILD_BYTES = 768 * MB  # of memory, for the process that reads
CHILD_SECONDS = 30
