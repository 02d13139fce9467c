"""What is said to crawlers and to those who find a hole: robots.txt, tdmrep.json, security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from articles.public.page import FRESH, document
from articles.public.site import address_of
from newsroom.doors import DESK
from newsroom.errors import page_not_found

# The names that crawlers look for in robots.txt, by what they fetch for. Google-Extended and Applebot-Extended fetch
# nothing: with them one says what may be done with the pages that Googlebot and Applebot fetched.
CRAWLERS = {
    "ai_training": (
        "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot",
        "cohere-training-data-crawler", "Diffbot", "Google-Extended", "GPTBot", "meta-externalagent", "omgili",
        "PanguBot", "Timpibot", "Webzio-Extended",
    ),
    "ai_search": (
        "Amzn-SearchBot", "ChatGPT-User", "Claude-SearchBot", "Claude-User", "DuckAssistBot", "meta-externalfetcher",
        "MistralAI-User", "OAI-SearchBot", "Perplexity-User", "PerplexityBot", "YouBot",
    ),
    "search": (
        "Applebot", "Baiduspider", "Bingbot", "DuckDuckBot", "Googlebot", "MojeekBot", "SeznamBot", "Slurp",
        "YandexBot",
    ),
}  # fmt: skip
VALID = timedelta(days=180)
"""For how long security.txt may be relied on; it is written anew each day."""


@require_safe
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    """A group of rules for each kind of crawler; one that nobody knows is treated as a search engine's.

    A crawler obeys its own group and no other, so each group names the desk.
    """
    groups = [_group(agents, settings.NEWSROOM_CRAWLERS[kind]) for kind, agents in CRAWLERS.items()]
    groups.append(_group(("*",), settings.NEWSROOM_CRAWLERS["search"]))
    maps = [f"Sitemap: {address_of(request)}{reverse(name)}" for name in ("sitemap", "news_sitemap")]
    return document("\n\n".join([*groups, "\n".join(maps)]) + "\n", "text/plain")


def _group(agents: tuple[str, ...], allowed: bool) -> str:
    closed = DESK if allowed else ("/",)
    return "\n".join([*(f"User-agent: {agent}" for agent in agents), *(f"Disallow: {path}" for path in closed)])


@require_safe
@conditional_page
def tdmrep(request: HttpRequest) -> HttpResponse:
    """Whether the right to mine the site's text is reserved (TDM Reservation Protocol)."""
    reserved = 0 if settings.NEWSROOM_CRAWLERS["ai_training"] else 1
    response = JsonResponse([{"location": "/", "tdm-reservation": reserved}], safe=False)
    response["Cache-Control"] = FRESH
    return response


@require_safe
@conditional_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); nothing where no contact is set."""
    if not settings.NEWSROOM_SECURITY_CONTACT:
        return page_not_found(request, Http404())
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": settings.NEWSROOM_SECURITY_CONTACT,
        "Expires": f"{midnight + VALID:%Y-%m-%dT%H:%M:%SZ}",
        "Canonical": address_of(request) + request.path,
    }
    return document("".join(f"{name}: {value}\n" for name, value in lines.items()), "text/plain")
