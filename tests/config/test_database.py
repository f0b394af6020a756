import pytest
from django.db import connection


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_database_is_a_real_postgresql_in_unicode() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_encoding'), datcollate FROM pg_database WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("UTF8", "C.UTF-8")
