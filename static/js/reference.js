/* The API's reference, drawn by Swagger UI from our own description, without any other address. */
const place = document.getElementById("reference");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function follow() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

if (place && window.SwaggerUIBundle) {
  follow();
  dark.addEventListener("change", follow);
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
