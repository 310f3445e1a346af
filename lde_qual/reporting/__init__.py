"""An outline as data, then csv, xlsx, Markdown, html, and the manifest that lists them."""
