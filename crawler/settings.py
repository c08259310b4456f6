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
        default=500, metadata={"help": "Pages fetched by one crawl at the most"}
    )
    max_depth: int = field(
        default=1, metadata={"help": "Links followed from a start page, one by one"}
    )
