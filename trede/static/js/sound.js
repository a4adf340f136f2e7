/* Reading aloud: one sound at a time, pressing again stops it, and what is being read is
   marked. Without JavaScript the button is a link to the sound.
     data-say      the button; "all" reads every text of the question, one after the other
     data-read     what it reads, where that is no form
     data-sound    a text with the address of its sound                                 */
"use strict";

const player = new Audio();
// Some browsers cannot play the small kind of sound.
const plain = !player.canPlayType('audio/ogg; codecs="opus"');
let playing = null; // {button, left: texts still to read, marked}

function textsOf(button) {
  if (button.dataset.say !== "all") {
    return [{ address: button.href, words: button.closest(".choice, .ask__said") }];
  }
  const texts = button.closest("[data-read], form").querySelectorAll("[data-sound]");
  return [...texts].map((words) => ({ address: words.dataset.sound, words }));
}

function stop() {
  if (!playing) return;
  player.pause();
  playing.marked?.classList.remove("is-read");
  playing.button.setAttribute("aria-pressed", "false");
  playing = null;
}

function readNext() {
  playing.marked?.classList.remove("is-read");
  const text = playing.left.shift();
  if (!text) {
    stop();
    return;
  }
  playing.marked = text.words;
  text.words.classList.add("is-read");
  player.src = plain ? `${text.address}?wav` : text.address;
  const button = playing.button;
  player.play().catch((error) => {
    // Stopped by the person, or another sound began: nothing went wrong.
    if (error.name !== "AbortError" && playing?.button === button) fail();
  });
}

function fail() {
  const silent = playing.button.closest("form")?.querySelector("[data-silent]");
  stop();
  if (silent) silent.hidden = false;
}

function press(button) {
  const again = playing?.button === button;
  stop();
  if (again) return;
  button.setAttribute("aria-pressed", "true");
  playing = { button, left: textsOf(button), marked: null };
  readNext();
  tell(button.closest("form"));
}

// That it was used, once for each question; the reading does not wait for it.
function tell(form) {
  if (!form?.dataset.heard || form.dataset.told) return;
  form.dataset.told = "yes";
  const secret = form.querySelector("[name=csrfmiddlewaretoken]").value;
  fetch(form.dataset.heard, {
    method: "POST",
    headers: { "X-CSRFToken": secret },
  }).catch(() => delete form.dataset.told);
}

function makeButtons() {
  for (const button of document.querySelectorAll("a[data-say]:not([role])")) {
    button.setAttribute("role", "button");
    button.setAttribute("aria-pressed", "false");
    button.removeAttribute("target");
  }
}

player.addEventListener("ended", () => playing && readNext());
player.addEventListener("error", () => playing && fail());
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-say]");
  if (!button) return;
  event.preventDefault();
  press(button);
});
document.addEventListener("keydown", (event) => {
  const button = event.target.closest?.("[data-say]");
  if (!button || event.key !== " ") return;
  event.preventDefault();
  press(button);
});
document.addEventListener("trede:question", () => {
  stop();
  makeButtons();
});
window.addEventListener("pagehide", stop);
makeButtons();
