"""A page as a text document: tables read as they do on paper."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from mvi_portal.core import docx, odt

HEADS = '<th scope="col" class="{}">Aantal</th><th scope="col" class="{} number">Nu</th>'
ROW = '<tr><th scope="row">Gemeenten</th><td class="number">70</td></tr>'


def page(kind: str, *classes: str) -> str:
    heads = HEADS.format(*classes or ("", ""))
    table = f'<table class="{kind}"><thead><tr>{heads}</tr></thead><tbody>{ROW}</tbody></table>'
    return f"<!DOCTYPE html><html lang='nl'><head><title>T</title></head><body>{table}</body></html>"


def inside(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode()


@pytest.mark.parametrize(
    ("kind", "classes", "shares"),
    [("figures", (), (82, 18)), ("twin", (), (35, 25)), ("rows", ("w30", "w70"), (30, 70))],
)
def test_columns_are_as_wide_as_what_they_hold_and_numbers_stand_to_the_right(
    kind: str, classes: tuple[str, ...], shares: tuple[int, int]
) -> None:
    document = inside(docx.write(page(kind, *classes)), "word/document.xml")
    assert document.count('<w:jc w:val="right"') == 2
    wide = [int(found) for found in re.findall(r'<w:gridCol w:w="(\d+)"', document)]
    assert abs(wide[0] / wide[1] - shares[0] / shares[1]) < 0.02
    assert 'fo:text-align="end"' in inside(odt.write(page(kind, *classes)), "content.xml")


def test_a_table_without_heads_is_left_as_it_is() -> None:
    html = "<!DOCTYPE html><html><head><title>T</title></head><body><table><tr><td>Een</td></tr></table>"
    assert "Een" in inside(docx.write(f"{html}</body></html>"), "word/document.xml")
