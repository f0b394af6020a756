from django.db import migrations

from places.khmer import normalise

COSTS = ("covers_transport", "covers_meals", "covers_phone")
TIMES = ("is_morning", "is_afternoon", "is_evening", "is_weekend")


def list_requests(apps, schema_editor):
    """A listing for every request so far; the daily count gives them their points."""
    listings, texts = apps.get_model("volunteers", "RequestListing"), apps.get_model("volunteers", "RequestText")
    rows = apps.get_model("volunteers", "VolunteerRequest").objects.select_related("office__commune__district__province")
    for request in rows.prefetch_related("skill_rows").iterator(chunk_size=500):
        commune = request.office.commune
        listings.objects.update_or_create(
            request=request,
            defaults={
                "office": request.office,
                "is_open": request.status == "open",
                "opened_at": request.opened_at,
                "expires_at": request.expires_at,
                "place": int(commune.code) if commune else 0,
                "times": sum(1 << bit for bit, name in enumerate(TIMES) if getattr(request, name)),
                "is_remote": request.remote_share > 0,
                "pays_costs": request.stipend_riel > 0 or any(getattr(request, name) for name in COSTS),
                "pays_stipend": request.stipend_riel > 0,
                "minimum_age": request.minimum_age,
                "start_date": request.start_date,
                "end_date": request.end_date,
                "skill_set": find_skill_set(apps, request),
                "received": request.applications.exclude(status="draft").count(),
            },
        )
        texts.objects.update_or_create(request=request, defaults={"text": make_text(request, commune)})


def find_skill_set(apps, request):
    key = ",".join(str(pk) for pk in sorted(row.skill_id for row in request.skill_rows.all()))
    return apps.get_model("volunteers", "SkillSet").objects.get_or_create(key=key)[0] if key else None


def make_text(request, commune):
    parts = [request.title_km, request.title_en, request.summary_km, request.summary_en]
    parts += [*request.tasks_km, *request.tasks_en]
    for place in (commune, commune.district, commune.district.province) if commune else ():
        parts += [place.name_km, place.name_en]
    return normalise(" | ".join(part for part in parts if part))


class Migration(migrations.Migration):
    dependencies = [
        ("volunteers", "0017_copy_profiles_into_applications"),
    ]

    operations = [
        migrations.RunPython(list_requests, migrations.RunPython.noop, elidable=True),
    ]
