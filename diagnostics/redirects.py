"""Redirects: to the page after a POST, and from other spellings and former addresses to the right one."""

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import is_valid_path


class SeeOther(HttpResponseRedirect):
    """A redirect after a POST: the browser then gets the next page, and a reload sends no POST."""

    status_code = 303


def redirect_whole_request(request: HttpRequest, path: str) -> HttpResponseRedirect:
    """Leads to another path with the same query. The browser sends a POST there again, with its form."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{path}?{query}" if query else path, preserve_request=True)


def redirect_to_small_letters(request: HttpRequest) -> HttpResponseRedirect | None:
    """Leads from an unknown address with capitals to the same one in small letters, if that may be a page.

    No page has capitals in its path: people write them, and telephones begin each field with one.
    """
    path = request.path_info.lower()
    if path == request.path_info or not is_valid_path(path):
        return None
    return redirect_whole_request(request, path)
