"""The addresses of what works without a signal; the first two stand at the root, where browsers want them."""

from django.urls import path

from alongside.pages.offline import shell, stayed, views

urlpatterns = [
    path("service-worker.js", shell.service_worker, name="service_worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("offline/", shell.offline, name="offline"),
    path("offline/whose/", views.whose, name="offline_whose"),
    path("offline/moments/", views.moments, name="offline_moments"),
    path("offline/people/", views.people, name="offline_people"),
    path("offline/open/", stayed.stayed, name="offline_open"),
]
