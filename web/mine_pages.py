"""The searches a reader kept: a page that a script fills from the browser's store.

Nothing of it is ever sent here, so there is nothing to answer but the empty page.
"""

from flask import Blueprint, Flask, render_template


def install(app: Flask) -> None:
    """Give the application the page of kept searches."""
    pages = Blueprint("mine", __name__)

    @pages.get("/mine")
    def show() -> str:
        return render_template("mine.html")

    app.register_blueprint(pages)
