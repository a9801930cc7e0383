"""The faces of the search: pages, JSON, terminal."""


def create_app(engine=None, public=None):
    """The Flask application: over an open engine, or over the data folder (or address) given, followed through rebuilds.

    `public` shows articles by their lead and passages only; None: as $TIMHTX_PUBLIC says.
    """
    from web.app import build      # flask takes 0.2 s: only those who serve pay

    return build(engine, public)
