"""Rich text: sanitised HTML with nodes of our own for figures, citations, footnotes, tables and charts.

`clean` makes what may be stored, `nodes` tells what stands in it, `render` fills the nodes in. All three take
any string. What a template engine would act upon ("{{ x }}") is plain text here.
"""

from .cleaning import clean, plain_text
from .fields import ProseField
from .nodes import (
    INDICATOR,
    ChartNode,
    CitationNode,
    FigureNode,
    FootnoteNode,
    Form,
    Node,
    ProseError,
    TableNode,
)
from .paragraphs import Paragraph, matched, moved, moves, paragraphs
from .rendering import nodes, render

__all__ = [
    "INDICATOR",
    "ChartNode",
    "CitationNode",
    "FigureNode",
    "FootnoteNode",
    "Form",
    "Node",
    "Paragraph",
    "ProseError",
    "ProseField",
    "TableNode",
    "clean",
    "matched",
    "moved",
    "moves",
    "nodes",
    "paragraphs",
    "plain_text",
    "render",
]
