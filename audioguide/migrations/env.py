"""Run by Alembic: migrate over the connection that the caller opened."""

from alembic import context

from audioguide.models import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    transactional_ddl=False,  # the caller's transaction holds it all
    render_as_batch=True,  # SQLite alters a table by making a new one
)
context.run_migrations()
