"""Print that letters and reports share: figures in a sentence, rich text with its nodes, tables.

From frozen content alone: no query, no clock. `figures` freezes what a text needs; `nodes.Printer` prints it.
"""
