"""Who exhibits, and what they show."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from core.named import Named
from events.models import Forum, Topic


class ExhibitorQuerySet(models.QuerySet["Exhibitor"]):
    """Who is shown to whom."""

    def public(self, forum: Forum) -> ExhibitorQuerySet:
        """Those that visitors see: published ones of ``forum``, by their names' order on the page."""
        return self.filter(forum=forum, is_published=True).select_related("organization")


class Exhibitor(models.Model):
    """An organization's part in one exhibition. ``tagline`` and ``description`` have three languages.

    What the organization is called is the organization's. ``host`` is the exhibitor at whose booth a
    co-exhibitor stands.
    """

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="exhibitors", verbose_name=_("forum"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="exhibitors", verbose_name=_("organization")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    tagline = models.CharField(_("in one sentence"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    website = models.URLField(_("website"), blank=True)
    topics = models.ManyToManyField(Topic, related_name="exhibitors", blank=True, verbose_name=_("topics"))
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never shown in public."))
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(
        _("language of mails"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    is_member = models.BooleanField(_("pays the members’ price"), default=False)
    # What an invoice is made out to.
    billing_name = models.CharField(_("name on invoices"), max_length=250, blank=True)
    billing_address = models.TextField(_("address on invoices"), blank=True)
    tax_code = models.CharField(_("tax code"), max_length=30, blank=True)
    host = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="guests",
        verbose_name=_("stands at the booth of"),
    )
    is_published = models.BooleanField(_("shown to visitors"), default=False)
    # Organizers ended its part: its pages are read only, and say why.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = ExhibitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("exhibitor")
        verbose_name_plural = _("exhibitors")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "organization"],
                name="exhibitor_once_in_forum",
                violation_error_message=_("This organization exhibits already."),
            ),
            models.UniqueConstraint(fields=["forum", "slug"], name="exhibitor_slug_in_forum"),
            models.CheckConstraint(
                name="exhibitor_withdrawn_is_not_shown",
                condition=Q(withdrawn_at__isnull=True) | Q(is_published=False),
                violation_error_message=_("An exhibitor that was withdrawn is not shown to visitors."),
            ),
            models.CheckConstraint(
                name="exhibitor_is_no_own_guest",
                condition=Q(host__isnull=True) | ~Q(host=F("id")),
                violation_error_message=_("Nobody is a guest at their own booth."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Product(Named):
    """Something an exhibitor shows. ``name``, ``tagline`` and ``description`` have three languages."""

    exhibitor = models.ForeignKey(
        Exhibitor, models.CASCADE, related_name="products", verbose_name=_("exhibitor")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    name = models.CharField(_("name"), max_length=160)
    tagline = models.CharField(_("in one sentence"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True)
    picture = models.ImageField(_("picture"), upload_to="products/", blank=True)
    topics = models.ManyToManyField(Topic, related_name="products", blank=True, verbose_name=_("topics"))
    website = models.URLField(_("website"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "slug"], name="product_slug_of_exhibitor"),
        ]

    @property
    def forum_id(self) -> int:
        """The forum at which it is shown."""
        return self.exhibitor.forum_id
