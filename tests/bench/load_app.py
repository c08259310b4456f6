"""The application as other servers than ours load it; see ``bench_load``."""

import os
from pathlib import Path

from index.home import Home
from web.counters import Counters
from web.serving import Opened, load_worker
from web.settings import WebSettings

app = load_worker(
    Opened(Home(Path(os.environ["WENSU_BENCH_HOME"]))),
    WebSettings(kept_bytes=0),
    Counters(8),
)
