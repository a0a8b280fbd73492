from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a POST: the next page is got, so that a reload sends nothing twice."""

    status_code = 303
