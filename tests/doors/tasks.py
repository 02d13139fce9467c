"""Tasks for the worker's tests. What they did stands in DONE."""

try:
    from django.tasks import task
except ImportError:
    from django_tasks import task

DONE: list[str] = []


@task()
def note(text: str) -> None:
    DONE.append(text)


@task()
def fail(text: str) -> None:
    raise ValueError(text)
