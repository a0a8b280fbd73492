"""The calls of the API. To refuse a request they raise, and `refusals` turns the error into an answer.

The docstring of a view would be part of the OpenAPI document, so views have comments instead.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import parse_etags
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from diagnostics.addresses import absolute_url
from diagnostics.answered_guide import answer_version
from diagnostics.api.batch_rows import write_batch
from diagnostics.api.guide_schema import GUIDE_DOCUMENT_SCHEMA
from diagnostics.api.openapi import (
    BATCH_DESCRIPTION,
    TEXTS_DESCRIPTION,
    declare_header,
    declare_problems,
    declare_version_header,
)
from diagnostics.api.request_bodies import (
    TEXTS_ONCE,
    UNKNOWN_GUIDE,
    AnswerBody,
    BatchBody,
    EvaluateBody,
    SessionBody,
    check_known_answers,
    read_texts_once,
)
from diagnostics.api.serializers import (
    BATCH_ANSWER,
    GuideSerializer,
    SessionSerializer,
)
from diagnostics.api.state_writer import write_state
from diagnostics.api.states import StateSerializer
from diagnostics.models import Session
from diagnostics.selectors import check_open, session_check_question, session_get
from diagnostics.services import answer_record, answer_withdraw, session_create
from diagnostics.throttles.large_batches import batch_turns, check_row_count
from diagnostics.throttles.memory_limits import BATCH_ROWS, CALLS, DIAGNOSTICS_BEGUN
from diagnostics.throttles.visitor_networks import visitor_network
from rules.models import Version
from rules.publication.timeline import live_version, open_versions
from rules.publication.versions import compiled_version, version_document


# All calls share the `Cache-Control` and the answer to OPTIONS.
class ApiView(APIView):
    cache_control = "no-store"

    @property
    def default_response_headers(self) -> dict[str, str]:
        return super().default_response_headers | {"Cache-Control": self.cache_control}

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        CALLS.take(visitor_network(request))
        super().initial(request, *args, **kwargs)

    # DRF adds the header `Allow` to every answer.
    def options(self, request: HttpRequest, *args: object, **kwargs: object) -> Response:
        return Response(status=204)


class GuidesView(ApiView):
    cache_control = "no-cache"  # caches ask each time whether a stored answer has changed

    @extend_schema(
        operation_id="guides",
        summary="Les guides en ligne",
        responses={200: GuideSerializer(many=True)} | declare_problems(400),
    )
    def get(self, request: Request) -> Response:
        guides = GuideSerializer(open_versions(), many=True)
        return Response(guides.data)


class GuideView(ApiView):
    cache_control = "no-cache"

    @extend_schema(
        operation_id="guide",
        summary="Le document d’un guide, tel qu’il est en ligne",
        parameters=[
            declare_header("ETag", "L’empreinte du document.", 200, 304),
            declare_version_header(200, 304),
        ],
        responses={
            200: OpenApiResponse(GUIDE_DOCUMENT_SCHEMA, "Le document."),
            304: OpenApiResponse(None, "Le document est celui de If-None-Match."),
        }
        | declare_problems(400, 404),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        version = _live_version_or_404(slug)
        compiled_version(version)  # a document that the other calls refuse is not served either
        etag = f'"{version.sha256}"'
        tags = parse_etags(request.headers.get("If-None-Match", ""))
        if tags == ["*"] or etag in {tag.removeprefix("W/") for tag in tags}:
            response = HttpResponse(status=304)
            del response["Content-Type"]
        else:
            response = HttpResponse(version_document(version), content_type="application/json")
        response.headers["ETag"] = etag
        response.headers["Guide-Version"] = version.number
        return response


class EvaluateView(ApiView):
    @extend_schema(
        operation_id="evaluate",
        summary="L’état pour ces réponses, sans rien enregistrer",
        request=EvaluateBody,
        responses={200: StateSerializer} | declare_problems(400, 403, 404, 413, 415),
    )
    def post(self, request: Request, slug: str) -> Response:
        version = _live_version_or_404(slug)
        check_open(version)
        answers = EvaluateBody.read_request(request)["answers"]
        check_known_answers(compiled_version(version).guide, answers)
        return Response(write_state(answer_version(version, answers)))


class EvaluateBatchView(ApiView):
    @extend_schema(
        operation_id="evaluate_batch",
        summary="L’état de chaque ligne, sans rien enregistrer",
        description=BATCH_DESCRIPTION,
        parameters=[
            OpenApiParameter("texts", enum=[TEXTS_ONCE], description=TEXTS_DESCRIPTION),
            declare_version_header(200),
        ],
        request=BatchBody,
        responses={200: BATCH_ANSWER} | declare_problems(400, 403, 404, 413, 415),
    )
    def post(self, request: Request, slug: str) -> HttpResponse:
        version = _live_version_or_404(slug)
        check_open(version)
        texts_once = read_texts_once(request)
        rows = BatchBody.read_request(request)["rows"]
        check_row_count(len(rows), len(compiled_version(version).guide.rules))
        BATCH_ROWS.take(visitor_network(request), len(rows))
        with batch_turns.take_turn(len(rows)):
            body = write_batch(version, rows, texts_once=texts_once)
        headers = {"Guide-Version": str(version.number)}
        return HttpResponse(body, content_type="application/json", headers=headers)


class SessionsView(ApiView):
    @extend_schema(
        operation_id="session_create",
        summary="Commencer un diagnostic",
        parameters=[
            declare_header(
                "Location", "L’adresse du diagnostic dans l’API.", 201, type_=OpenApiTypes.URI
            )
        ],
        request=SessionBody,
        responses={201: SessionSerializer} | declare_problems(400, 403, 413, 415),
    )
    def post(self, request: Request) -> Response:
        body = SessionBody.read_request(request)
        version, answers = body["guide"], body["answers"]
        check_known_answers(compiled_version(version).guide, answers)
        DIAGNOSTICS_BEGUN.take(visitor_network(request))
        session = session_create(version=version, answers=answers)
        location = absolute_url(request, reverse("api:session", args=[session.pk]))
        return _session_response(request, session, status=201, headers={"Location": location})


class SessionView(ApiView):
    @extend_schema(
        operation_id="session",
        summary="Un diagnostic",
        responses={200: SessionSerializer} | declare_problems(400, 404, 410),
    )
    def get(self, request: Request, session_id: UUID) -> Response:
        return _session_response(request, session_get(session_id))


class AnswerView(ApiView):
    @extend_schema(
        operation_id="answer_record",
        summary="Enregistrer ou changer une réponse",
        request=AnswerBody,
        responses={200: SessionSerializer} | declare_problems(400, 404, 409, 410, 413, 415),
    )
    def put(self, request: Request, session_id: UUID, question: str) -> Response:
        try:
            choice = AnswerBody.read_request(request)["choice"]
        except APIException:
            # If the address is wrong too, the answer is about the address.
            session_check_question(session_id, question)
            raise
        session = answer_record(session_id=session_id, question=question, choice=choice)
        return _session_response(request, session)

    @extend_schema(
        operation_id="answer_withdraw",
        summary="Retirer une réponse, s’il y en a une",
        responses={200: SessionSerializer} | declare_problems(400, 404, 410),
    )
    def delete(self, request: Request, session_id: UUID, question: str) -> Response:
        session = answer_withdraw(session_id=session_id, question=question)
        return _session_response(request, session)


class SchemaView(ApiView):
    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(_render_openapi(), content_type="application/vnd.oai.openapi+json")


# Every other address under /api/ is not found, whatever the method.
class UnknownView(ApiView):
    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404


# The page shows the OpenAPI document with Swagger UI, whose files this site serves.
class DocsView(ApiView):
    @extend_schema(exclude=True)
    @method_decorator(csp_update({"img-src": ["data:"]}))  # Swagger UI's style sheet contains icons
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "api/docs.html")


def _live_version_or_404(slug: str) -> Version:
    version = live_version(slug)
    if version is None:
        raise NotFound(UNKNOWN_GUIDE)
    return version


def _session_response(request: Request, session: Session, **options: Any) -> Response:  # noqa: ANN401 (what a Response takes)
    return Response(SessionSerializer(session, context={"request": request}).data, **options)


@lru_cache
def _render_openapi() -> bytes:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return OpenApiJsonRenderer().render(schema)
