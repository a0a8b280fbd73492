// What scripts of others define on the pages that load ours.

/** Swagger's page of the API (drf-spectacular-sidecar). */
declare function SwaggerUIBundle(options: Record<string, unknown>): void;

/** SortableJS, in `rules/static/rules/libraries/`. */
declare const Sortable: {
  get(list: HTMLElement): object | undefined;
  create(
    list: HTMLElement,
    options: {
      handle: string;
      draggable: string;
      animation: number;
      onStart(event: { item: HTMLElement }): void;
      onEnd(event: { item: HTMLElement }): void;
    },
  ): object;
};
