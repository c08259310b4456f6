"""x."""
from collections.abc import Sequence
from crawler.lines import Line
from crawler.main_content import judge
def judge_text(lines: Sequence[Line]) -> list[str]:
    """X."""
    return judge(lines, (), "")
