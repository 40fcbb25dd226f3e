"""Galaxy's own web application, started quicker than `galaxy-web` does: web.py HOST PORT

No collection of garbage while millions of lasting objects are made, no early merge of the OpenAPI descriptions, and no
import of clients for services that are not used.
"""
import gc
import sys

UNUSED = ("anthropic", "google.genai", "google.cloud", "google.cloud.batch_v1")


def main(host, port):
    gc.disable()
    # a module that is None cannot be imported; Galaxy does without these
    sys.modules.update(dict.fromkeys(UNUSED))
    import uvicorn
    from galaxy.webapps.galaxy import fast_app, fast_factory

    fast_app.include_legacy_openapi = lambda *_: None
    application = fast_factory.factory()
    gc.enable()
    gc.freeze()
    uvicorn.run(application, host=host, port=int(port), log_level="warning")


main(*sys.argv[1:])
