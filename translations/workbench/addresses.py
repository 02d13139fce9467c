"""The workbench's addresses, below those of the job at the desk."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from translations.workbench import glances, page, preview


def addresses(site: AdminSite) -> list[URLPattern]:
    """For the urls of the admin *site*, behind its own door."""
    job = "translations/job/<int:pk>/work/"
    return [
        path(job, site.admin_view(page.work), name="translations_job_work"),
        path(f"{job}since/", site.admin_view(glances.since), name="translations_job_since"),
        path(f"{job}concordance/", site.admin_view(glances.concordance), name="translations_job_concordance"),
        path(f"{job}checks/", site.admin_view(glances.checks), name="translations_job_checks"),
        path(f"{job}preview/", site.admin_view(preview.preview), name="translations_job_preview"),
        path(f"{job}slug/", site.admin_view(page.keep_slug), name="translations_job_slug"),
        path(f"{job}<int:segment>/", site.admin_view(glances.change), name="translations_job_segment"),
        path(f"{job}<int:segment>/beside/", site.admin_view(glances.aside), name="translations_job_beside"),
    ]
