// What scripts of others define on the pages that load ours.

/** Swagger's page of the API (drf-spectacular-sidecar). */
declare function SwaggerUIBundle(options: Record<string, unknown>): void;
