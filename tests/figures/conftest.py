"""The cast and the browser of the admin tests serve here too."""

from tests.admin.conftest import drawn, editor, qijiang, root, undrawn, xiushan

__all__ = ["drawn", "editor", "qijiang", "root", "undrawn", "xiushan"]
