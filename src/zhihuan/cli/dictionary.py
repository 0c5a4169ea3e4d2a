"""``zhihuan dictionary``: what every field of every table means."""

from __future__ import annotations

import click

from zhihuan.cli._platform import start


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "csv", "json"]),
    default="markdown",
    show_default=True,
    help="A document, rows for a table program, or objects for another program.",
)
def command(form: str) -> None:
    """Write the data dictionary: every table and field with its Chinese name, meaning, type, unit,
    code table, source, who may see it, and whether it is personal data. Opens no database."""
    start()
    from django.utils import translation

    from zhihuan.bureau.dictionary import document
    from zhihuan.bureau.dictionary.entry import entries

    write = {
        "markdown": document.as_markdown,
        "csv": document.as_csv,
        "json": document.as_json,
    }[form]
    with translation.override("zh-hans"):
        click.echo(write(entries()), nl=False)
