/* The API's reference, drawn by Swagger UI from our own description, without any other address. */
const place = document.getElementById("reference");

if (place && window.SwaggerUIBundle) {
  window.SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    requestInterceptor: (request) => {
      // Somebody who is signed in tries things out by their session, which needs this.
      request.headers["X-CSRFToken"] = place.dataset.csrf;
      return request;
    },
  });
}
