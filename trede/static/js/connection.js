/* A form is not sent into a cut line, where the browser would put a page of its own in
   the place of what was typed: our page stays, with everything on it, and says so.
     data-check-connection   asks first whether we can be reached, for who answers where
                             the network is poor                                        */
"use strict";

const offline = document.querySelector("[data-offline]");
const PATIENCE = 5000; // milliseconds

async function reachesUs() {
  if (!navigator.onLine) return false;
  const address = document.querySelector("link[rel=icon]").href;
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    await fetch(address, { method: "HEAD", cache: "no-store", signal });
    return true;
  } catch (error) {
    return false; // cut off, or too slow to wait for: the person tries again
  }
}

async function sendIfReached(form, button) {
  form.dataset.asking = "yes";
  const reached = await reachesUs();
  delete form.dataset.asking;
  offline.hidden = reached;
  if (!reached) {
    offline.focus();
    return;
  }
  form.dataset.reached = "yes";
  form.requestSubmit(button ?? undefined);
  delete form.dataset.reached;
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post" || form.dataset.reached || !offline) return;
    // From an answer to the same page in another language: that is not there without a line.
    const another = event.submitter?.name === "language";
    if (!another && form.matches("[data-answer], [data-hand-in]")) return; // sitting.js goes on
    if (!another && navigator.onLine && !form.matches("[data-check-connection]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!form.dataset.asking && !form.dataset.sent) sendIfReached(form, event.submitter);
  },
  true,
);
window.addEventListener("online", () => {
  if (offline) offline.hidden = true;
});
