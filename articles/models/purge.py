"""The outbox of what has to be made anew: written with what changed, carried out after."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Purge(models.Model):
    """Pages that depend on one of ``keys`` are no longer to be served; see ``articles.delivery``.

    Written in the transaction that changed them, so that neither happens without the other. With ``withdrawn``
    they may not be served even where nothing newer can be had. ``sent_at`` is when the network that keeps pages
    in front of the site has acknowledged it. ``announce_at`` is when followers of the feeds are to be told, NULL
    where nothing new is to be read; ``announced_at`` when their hub has acknowledged that.
    """

    keys = models.TextField(help_text="Surrogate keys, separated by spaces.")
    withdrawn = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(null=True)
    announce_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "purge"
        verbose_name_plural = "purges"
        constraints = [models.CheckConstraint(condition=~Q(keys=""), name="purge_names_a_key")]
        indexes = [
            models.Index(fields=["id"], condition=Q(sent_at=None), name="purge_waiting"),
            models.Index(fields=["announce_at"], condition=Q(announced_at=None), name="purge_to_announce"),
        ]

    def __str__(self) -> str:
        return self.keys
