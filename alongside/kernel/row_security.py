"""Tables of the framework and of the job queue: they hold no person, so they carry no lock."""

OPEN = {
    "django_migrations": "names of migrations",
    "django_content_type": "names of tables",
    "django_session": "found only by the secret in the visitor's cookie; what it holds is signed",
    "auth_permission": "names of permissions of the framework, unused",
    "auth_group": "unused by the house",
    "auth_group_permissions": "unused by the house",
    "procrastinate_jobs": "jobs carry keys only, never words",
    "procrastinate_events": "when a job began and ended",
    "procrastinate_periodic_defers": "which periodic job ran last",
    "procrastinate_workers": "which workers are alive",
}
