"use strict";

SwaggerUIBundle({
  domNode: document.getElementById("docs"),
  url: document.getElementById("docs")?.dataset.schema,
  validatorUrl: null, // Swagger's badge would be fetched from another site
});
