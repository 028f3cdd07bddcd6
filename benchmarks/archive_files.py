"""Documents as files of an archive: JSON Lines, plain and packed, Parquet, and WARC with a page each."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

FORMATS = {"jsonl": "jsonl", "jsonl.gz": "jsonl.gz", "parquet": "parquet", "warc": "warc.gz"}
"""The names of the formats, and how their files end."""

_LEVEL = 1
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {publisher}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{publisher}">
<meta property="og:type" content="article"><meta property="article:published_time" content="{published}">
<link rel="canonical" href="{url}"></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{title}</h1><p class="date"><time datetime="{published}">{published}</time></p>
{paragraphs}
</article></main>
<footer><p>Terms of use - Contact - About {publisher}</p></footer></body></html>
"""


def write_file(path: Path, form: str, records: Sequence[dict[str, str]]) -> None:
    """Write records with the keys id, title, text, publisher, published and url."""
    if form == "parquet":
        _write_parquet(path, records)
    elif form == "warc":
        with path.open("wb") as stream:
            for record in records:
                stream.write(warc_record(record))
    else:
        data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
        path.write_bytes(gzip.compress(data, _LEVEL, mtime=0) if form == "jsonl.gz" else data)


def page(record: dict[str, str]) -> str:
    """A record as the page of a news site."""
    safe = {key: html.escape(value) for key, value in record.items()}
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in safe["text"].split("\n\n"))
    return _PAGE.format(**safe, paragraphs=paragraphs)


def warc_record(record: dict[str, str], body: bytes | None = None) -> bytes:
    """The answer of a site as a packed record of a WARC file; `body` stands in place of the record's page."""
    body = page(record).encode() if body is None else body
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )
    taken = datetime.fromisoformat(record["published"]).replace(hour=12, tzinfo=UTC)
    # Made of the name, so that the same archive is the same bytes.
    name = UUID(bytes=record["id"].encode().rjust(16, b"0")[-16:], version=4)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: {taken:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Target-URI: {record['url']}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", _LEVEL, mtime=0)


def _write_parquet(path: Path, records: Sequence[dict[str, str]]) -> None:
    import pyarrow as pa  # noqa: PLC0415 - comes with casus-events[archive]
    import pyarrow.parquet as pq  # noqa: PLC0415

    pq.write_table(pa.Table.from_pylist(list(records)), path, compression="zstd", row_group_size=1000)
