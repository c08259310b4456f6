"""Pages per second of ``wensu crawl`` beside plain Scrapy, on the same loopback site.

``python -m tests.bench.bench_crawl [PAGES]`` serves an invented site from a process
of its own. Plain Scrapy, with its default settings but no delay, asks for every
document of it and does nothing with the answers; then ``wensu crawl`` finds, archives,
cleans and stores them. Both have the same number of requests at a time. Reported is
the ratio; the clock runs from start to end of each process.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.crawler.big_site import BigSite

ROOT = Path(__file__).resolve().parents[2]
CONCURRENCY = 16
_WENSU = "from web.cli import main; main()"
_PLAIN = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

class Plain(Spider):
    name = "plain"

    async def start(self):
        for url in open(sys.argv[1], encoding="utf-8").read().split():
            yield Request(url)

    def parse(self, response):
        pass

process = CrawlerProcess({
    "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS": %d, "CONCURRENT_REQUESTS_PER_DOMAIN": %d,
})
process.crawl(Plain)
process.start()
"""


def main(pages: int) -> None:
    """Measure both and print a line for each."""
    with (
        BigSite(pages=pages, traps=False) as site,
        tempfile.TemporaryDirectory() as home,
    ):
        urls = Path(home) / "urls"
        urls.write_text(
            "\n".join(site.root + path for path in site.site.documents), "utf-8"
        )
        script = _PLAIN % (CONCURRENCY, CONCURRENCY)
        plain = timed([sys.executable, "-c", script, str(urls)])
        settings = Path(home) / "wensu.toml"
        settings.write_text(
            f"[crawl]\nconcurrency = {CONCURRENCY}\n"
            f"concurrency_per_host = {CONCURRENCY}\ndelay_seconds = 0\n"
            f"max_pages = {10 * pages}\n",
            "utf-8",
        )
        before = len(site.log())
        ours = timed([sys.executable, "-c", _WENSU, "--home", home, "crawl", site.root])
        fetched = len(site.log()) - before
    show("plain Scrapy", pages, plain)
    show("wensu crawl", fetched, ours)
    ratio = fetched / ours / (pages / plain)
    sys.stdout.write(f"wensu / plain    {ratio:.2f}\n")


def timed(command: list[str]) -> float:
    """Run a command to its end; tell the seconds."""
    started = time.monotonic()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
    return time.monotonic() - started


def show(name: str, pages: int, seconds: float) -> None:
    """Print one line."""
    rate = pages / seconds
    sys.stdout.write(f"{name:<16} {pages:>6} requests {seconds:6.1f} s {rate:6.0f}/s\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
