/* What a question means opens without a new page, and the first time is told: the
   analysis knows at which questions explanation was asked.
     data-explain     the button that asks for the page with the explanation
     data-explained   the explanation, with the address to tell it to, if any          */
"use strict";

function setUp() {
  document.querySelectorAll("[data-explain]").forEach((button) => button.remove());
  document.querySelectorAll("[data-explained]").forEach((one) => (one.hidden = false));
}

// Kept with the explanation, so that a line that was cut is tried again at the next time.
function tell(explanation) {
  const address = explanation.dataset.explained;
  if (!address || !explanation.open || explanation.dataset.told) return;
  explanation.dataset.told = "yes";
  const secret = explanation.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
  fetch(address, { method: "POST", headers: { "X-CSRFToken": secret } }).catch(
    () => delete explanation.dataset.told,
  );
}

// This event does not rise: it is caught on its way down.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("[data-explained]")) tell(event.target);
  },
  true,
);
document.addEventListener("trede:question", setUp);
setUp();
