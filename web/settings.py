"""Settings of the web server."""

from dataclasses import dataclass, field

from pydantic import NonNegativeInt


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How ``wensu serve`` listens and names itself; the help texts tell each."""

    host: str = field(
        default="127.0.0.1",
        metadata={"help": "Address to listen on; 0.0.0.0 for every interface."},
    )
    port: int = field(
        default=8000,
        metadata={"help": "TCP port to listen on."},
    )
    workers: int = field(
        default=0,
        metadata={"help": "Processes that answer; 0: one for each processor core."},
    )
    threads: int = field(
        default=8,
        metadata={
            "help": "Requests that each process answers at the same time; at most half "
            "of them wait for clients that send or take away something slowly."
        },
    )
    shutdown_seconds: int = field(
        default=30,
        metadata={"help": "Seconds that requests under way have when it is stopped."},
    )
    log_queries: bool = field(
        default=False,
        metadata={"help": "Log what was searched for with each request."},
    )
    kept_bytes: int = field(
        default=32_000_000,
        metadata={"help": "Answers that each process keeps while they hold; 0: none."},
    )
    base_url: str = field(
        default="",
        metadata={
            "help": "Public address of the site, such as https://archive.example, "
            "for documents that must name it; empty: as each request names it."
        },
    )
    allowed_hosts: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Further names the server answers to; none and no base_url: those "
            "of this machine where it listens on loopback, else any."
        },
    )
    trusted_proxies: NonNegativeInt = field(
        default=0,
        metadata={
            "help": "Proxies in front whose X-Forwarded-For, -Proto and -Host are "
            "believed."
        },
    )
    requests_per_minute: NonNegativeInt = field(
        default=0,
        metadata={
            "help": "Requests that one client may send in a minute, to each worker; "
            "0 for any number."
        },
    )
    cors_origins: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Origins whose pages may read the API, such as "
            'https://desk.example, or "*" for all.'
        },
    )
    hsts_seconds: NonNegativeInt = field(
        default=0,
        metadata={
            "help": "Seconds that browsers are to come by https only; 0: not said."
        },
    )
    static_max_age_seconds: int = field(
        default=86_400,
        metadata={"help": "Seconds a browser may keep style sheet and script."},
    )
