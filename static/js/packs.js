// Optional: a page that waits for a pack looks again by itself. Without this there is a link.
(() => {
  "use strict";
  if (document.querySelector("[data-under-way]")) setTimeout(() => location.reload(), 5000);
})();
