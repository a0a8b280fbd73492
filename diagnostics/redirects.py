from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """The redirect after a POST: the browser gets the next page, so a reload sends nothing twice."""

    status_code = 303
