"""Makes people."""

from itertools import count

from django.contrib.auth.models import Group

from accounts.models import User

numbers = count(1)


def make_user(role: str = "", **fields) -> User:
    """A user, in the site-wide role's group when one is named."""
    fields.setdefault("username", f"nguoi.{next(numbers)}")
    password = fields.pop("password", "mat-khau-thu-1")
    user = User.objects.create_user(password=password, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
