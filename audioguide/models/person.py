"""A person of the house who may sign in: who she is, how she proves it, where she is signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.models.moment import Moment
from audioguide.models.word import Word
from audioguide.roles import Role


class Person(Row):
    """A person by the name she signs in with; ``name_key`` is that name as it is compared.

    ``password`` is an Argon2id hash, None until she has set one.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    name_key: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(Word(Role, 16))
    password: Mapped[str | None] = mapped_column(String(255))
    added_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(Row):
    """A link with which a person sets her password, once; only the digest of its key is kept."""

    __tablename__ = "invitation"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship()


class SignedIn(Row):
    """One browser in which a person is signed in; only the digest of its cookie is kept."""

    __tablename__ = "signed_in"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship()


class SignInDelay(Row):
    """How often a sign-in has failed lately, by a digest of name and place, and the wait."""

    __tablename__ = "sign_in_delay"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime] = mapped_column(Moment)
    wait_until: Mapped[datetime] = mapped_column(Moment)
