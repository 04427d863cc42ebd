"""Easy read: what a place says of a page, in short sentences with pictures."""

from django.db import models

from alongside.kernel.models import Model, open_


class EasyReadLine(Model):
    """One short sentence of a page's easy read in one language, with a picture if it has one.

    `page` is the address's name ("who_looked"). The picture is a small JPEG, made anew from what was sent, and
    is said in words for whoever cannot see it.
    """

    page = open_(models.SlugField(max_length=80))
    language = open_(models.CharField(max_length=20))
    place_in_order = open_(models.PositiveSmallIntegerField())
    words = open_(models.CharField(max_length=200))
    picture = open_(models.BinaryField(null=True, blank=True))
    described = open_(models.CharField(max_length=200, blank=True))

    class Meta:
        ordering = ["page", "language", "place_in_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "place_in_order"], name="easy_read_is_in_one_order"
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="easy_read_has_words"),
            models.CheckConstraint(
                condition=models.Q(picture__isnull=True) | ~models.Q(described=""),
                name="easy_read_says_what_a_picture_shows",
            ),
        ]

    def __str__(self) -> str:
        return self.words
