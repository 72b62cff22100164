"""Rights per forum for admins and their inlines: what a person sees, and what she may choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.options import Options
from django.http import HttpRequest

from accounts.models import ForumRole
from accounts.permissions import can, forums_where


def forum_lookup_of(model: type[models.Model]) -> str | None:
    """Return the lookup from ``model`` to its forum (``"forum"``, ``"pk"``), or None when it has none."""
    if model is ForumRole._meta.get_field("forum").related_model:
        return "pk"
    return "forum" if any(field.name == "forum" for field in model._meta.fields) else None


if TYPE_CHECKING:
    _Admin = BaseModelAdmin[Any]
else:
    # At run time an admin or an inline stands behind ForumScoped.
    _Admin = object


class SelectByTyping(AutocompleteSelect):
    """The admin's select that searches while one types; a forged value in a form is none, not an error."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """Return the chosen options, among the values that can be keys at all."""
        return super().optgroups(name, [one for one in value if self._is_key(one)], attr)

    def _is_key(self, value: str) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(value)
        except ValidationError:
            return False
        return True


class ForumScoped(_Admin):
    """Rights per object and choices from the forums a person works in; for admins and inlines alike.

    ``forum_lookup`` leads from the model to its forum; it is found when the model has a ``forum``.
    """

    forum_lookup: ClassVar[str | None] = None

    if TYPE_CHECKING:
        opts: Options[Any]

        def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any: ...

    def _may(self, request: HttpRequest, verb: str, obj: models.Model | str | None = None) -> bool:
        # Unfold asks about its buttons with the id from the address instead of the object.
        found = self.get_object(request, unquote(obj)) if isinstance(obj, str) else obj
        return can(request.user, f"{self.opts.app_label}.{get_permission_codename(verb, self.opts)}", found)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change a thing may see it."""
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to change, in the forum of ``obj``."""
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The right to delete, in the forum of ``obj``."""
        return self._may(request, "delete", obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only what the person may see."""
        if "queryset" not in kwargs:
            kwargs |= self._choices(db_field, request)
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SelectByTyping(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only what the person may see."""
        if "queryset" not in kwargs:
            kwargs |= self._choices(db_field, request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _choices(self, db_field: Any, request: HttpRequest) -> dict[str, models.QuerySet]:
        """The queryset for a relation to a forum, or to something in a forum; nothing for the others."""
        related = db_field.remote_field.model
        lookup = forum_lookup_of(related)
        if lookup is None or request.user.is_superuser:
            return {}
        right = f"{self.opts.app_label}.{get_permission_codename('change', self.opts)}"
        return {
            "queryset": related._default_manager.filter(
                **{f"{lookup}__in": forums_where(request.user, right)}
            )
        }
