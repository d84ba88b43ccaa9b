"""The live page's side of the package: a scenario being edited, and everything that is shown of it.

It runs in the browser, in a worker of the page; `web/` holds the page itself.
"""
