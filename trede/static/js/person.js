/* On the device that a person answers on: a page that the browser kept, with answers on
   it, is asked for anew, so that whoever has the device by then sees what may be seen. */
"use strict";

window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
