"""The redirect that answers the POST of a form."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """A redirect after a POST: the browser then gets the next page, and a reload sends no POST."""

    status_code = 303
