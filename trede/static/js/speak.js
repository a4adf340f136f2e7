/* Speaking an answer: record, listen, do it again, take it away. What was recorded goes
   into the file field of the form, so that it is sent like any other answer.            */
"use strict";

const LONGEST = 120; // seconds
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };

let recorder = null;
let clock = null;
let unsent = false; // spoken, and neither sent nor taken away

const kind = () => KINDS.find((one) => MediaRecorder.isTypeSupported(one));
const can = () => window.isSecureContext && window.MediaRecorder && navigator.mediaDevices && kind();

function partsOf(speak) {
  const part = (name) => speak.querySelector(`[data-speak-${name}]`);
  return {
    file: part("file").querySelector("input"),
    listen: part("listen"),
    said: part("said"),
    start: part("start"),
    stop: part("stop"),
    drop: part("drop"),
  };
}

function show(speak, now) {
  const { listen, start, stop, drop } = partsOf(speak);
  start.hidden = now === "recording";
  stop.hidden = now !== "recording";
  listen.hidden = drop.hidden = now !== "recorded";
  speak.classList.toggle("speak--busy", now === "recording");
}

async function record(speak) {
  const { said } = partsOf(speak);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    said.textContent = said.dataset.no; // refused, or there is none
    return;
  }
  const pieces = [];
  recorder = new MediaRecorder(stream, { mimeType: kind(), audioBitsPerSecond: 32000 });
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    clearTimeout(clock);
    keep(speak, new Blob(pieces, { type: recorder.mimeType }));
  });
  recorder.start();
  unsent = true;
  clock = setTimeout(finish, LONGEST * 1000);
  said.textContent = said.dataset.busy;
  show(speak, "recording");
  partsOf(speak).stop.focus();
}

function finish() {
  if (recorder?.state === "recording") recorder.stop();
}

function keep(speak, sound) {
  const { file, listen, said } = partsOf(speak);
  const type = sound.type.split(";")[0];
  const held = new DataTransfer();
  held.items.add(new File([sound], `answer.${ENDINGS[type]}`, { type }));
  file.files = held.files;
  said.textContent = "";
  hear(speak);
  listen.focus();
}

function hear(speak) {
  const { file, listen } = partsOf(speak);
  if (!file.files.length) return;
  listen.src = URL.createObjectURL(file.files[0]);
  show(speak, "recorded");
}

function drop(speak) {
  const { file, listen, start } = partsOf(speak);
  URL.revokeObjectURL(listen.src);
  listen.removeAttribute("src");
  file.value = "";
  unsent = false;
  show(speak, "nothing");
  start.focus();
}

function begin() {
  for (const speak of document.querySelectorAll("[data-speak]")) {
    if (!can() || !speak.querySelector("[data-speak-recorder]").hidden) continue;
    speak.querySelector("[data-speak-file]").hidden = true;
    speak.querySelector("[data-speak-recorder]").hidden = false;
  }
}

document.addEventListener("click", (event) => {
  const speak = event.target.closest("[data-speak]");
  if (!speak) return;
  if (event.target.closest("[data-speak-start]")) record(speak);
  if (event.target.closest("[data-speak-stop]")) finish();
  if (event.target.closest("[data-speak-drop]")) drop(speak);
});
// What was spoken without a line is put back in its field.
document.addEventListener("change", (event) => {
  const speak = event.target.type === "file" && event.target.closest("[data-speak]");
  if (speak) hear(speak);
});
// Another language brings a whole page: what was chosen goes along, a sound cannot.
document.addEventListener(
  "submit",
  (event) => {
    if (event.submitter?.name !== "language") unsent = false;
  },
  true,
);
window.addEventListener("beforeunload", (event) => {
  if (!unsent) return;
  event.preventDefault();
  setTimeout(() => document.dispatchEvent(new Event("trede:stays")));
});
document.addEventListener("trede:question", () => {
  unsent = false;
  if (!document.querySelector(".speak--busy")) finish();
  begin();
});
begin();
