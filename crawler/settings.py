"""Settings of reading and fetching: table ``[crawl]`` of ``wensu.toml``."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSettings:
    """Settings of the crawler."""

    contact: str = field(
        default="",
        metadata={"help": "Address or mail that the user agent names for questions"},
    )
    delay_seconds: float = field(
        default=1.0, metadata={"help": "Seconds between two requests to one host"}
    )
    timeout_seconds: float = field(
        default=20.0, metadata={"help": "Seconds to wait for a server"}
    )
    max_bytes: int = field(
        default=5_000_000, metadata={"help": "Largest page that is kept, in bytes"}
    )
    max_pages: int = field(
        default=10_000, metadata={"help": "Pages fetched by one run at the most"}
    )
    max_depth: int = field(
        default=20, metadata={"help": "Links followed from a start page, one by one"}
    )
    subdomains: bool = field(
        default=True, metadata={"help": "Whether hosts below a named one belong to it"}
    )
    include: tuple[str, ...] = field(
        default=(), metadata={"help": "Patterns one of which an address must match"}
    )
    exclude: tuple[str, ...] = field(
        default=(), metadata={"help": "Patterns none of which an address may match"}
    )
    concurrency: int = field(
        default=16, metadata={"help": "Requests to all hosts at a time"}
    )
    concurrency_per_host: int = field(
        default=2, metadata={"help": "Requests to one host at a time"}
    )
    warc_bytes: int = field(
        default=1_000_000_000, metadata={"help": "Size at which a WARC file is closed"}
    )
