"""The design system's tags: each draws one component of ``templates/components/``.

Load with ``{% load ui %}``: one library, put together from the modules beside this one. The living page
at ``/design/`` (development only) shows every component in every state.
"""

from __future__ import annotations

from django import template

from core.templatetags import ui_addresses, ui_drawings, ui_fields, ui_labels, ui_texts, ui_times

register = template.Library()

for part in (ui_addresses, ui_drawings, ui_fields, ui_labels, ui_texts, ui_times):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
