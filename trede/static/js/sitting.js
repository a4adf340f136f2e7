/* A person answers: each answer goes out the moment it is given, and the next question
   comes in the same reply. Without a line one goes on all the same: the answers are sealed
   (waiting.js) and the questions were fetched beforehand (`ahead`).
     data-answer        the form of a question
     data-ahead         on the body of the page: where to fetch what lies ahead
     data-waiting       what is said while answers wait
   Tells other scripts of a new question by the event trede:question.                    */
"use strict";

import * as routing from "./routing.js";
import { keyOf, sealed } from "./sealing.js";
import { forget, givenAt, keep, markCutOff, say, send, waiting, within } from "./waiting.js";

const PATIENCE = 8000; // milliseconds for one answer: after that the line counts as cut
const SOUND_TAKES = 60000; // at most: what was spoken is larger
const TOO_LARGE = 413;
const AWAY = "spoken_away"; // the sound of before goes
const AGAIN = 10000; // milliseconds until it is tried again
const OURS = ["csrfmiddlewaretoken", "submission", "checking", "go"];
const main = document.getElementById("main");
const aheadAt = main.querySelector("[data-waiting]")?.dataset.ahead;

let ahead = null; // what was fetched beforehand, in memory only
let asked = null; // when that was: by the device's clock, and by one that nobody sets
let key = null;
let busy = false;
let offline = false;
let stopped = false; // without a line: the platform hears of it with what waits
const fields = new Map(); // what was answered, by question, as the fields of its page
const sounds = new Map(); // what was spoken

const form = () => document.querySelector("form[data-answer]");
const codeOf = (address) => decodeURIComponent(new URL(address, location).pathname.split("/").at(-2));

function remember(code, given, sound = null) {
  fields.set(code, given);
  if (sound) sounds.set(code, sound);
  else sounds.delete(code);
}

const questionOf = (code) => ahead.questions.find((one) => one.code === code);
const valuesOf = (code, given) => routing.valuesOf(given, questionOf(code), sounds.has(code));

/* Sending, and keeping what cannot be sent */

const clocks = () => ({ set: Date.now(), steady: performance.now() });

/* By the clock of the platform. The steady one may stand still while the device sleeps;
   the other may be set right meanwhile. */
function now() {
  const { set, steady } = clocks();
  return Math.round(ahead.now + Math.max(set - asked.set, steady - asked.steady));
}

function read(data) {
  const given = {};
  for (const [name, value] of data) {
    if (typeof value === "string" && !OURS.includes(name)) (given[name] ??= []).push(value);
  }
  return given;
}

function soundOf(data) {
  if (data.get("missing")) return null;
  return [...data.values()].find((value) => value instanceof File && value.size) ?? null;
}

/* Before it is sent, so that it survives whatever happens meanwhile. */
async function keepHere(code, data) {
  const sound = soundOf(data);
  if (!key || sound?.size > ahead.loudest) return null;
  const content = {
    question: code,
    fields: read(data),
    language: ahead.language,
    stops: data.get("go") === "stop",
  };
  const shown = form().querySelector("[data-speak-before]");
  if (sounds.has(code) && !sound && !shown) content.fields[AWAY] = ["1"];
  try {
    content.given_at = givenAt(await waiting(), ahead.handle, now());
    const name = data.get("submission");
    const box = await sealed(key, name, content, sound);
    return await keep({ name, handle: ahead.handle, box, given_at: content.given_at });
  } catch (error) {
    return null; // a full disk, or a private window: then it is sent without
  }
}

function ask(address, options = {}) {
  return fetch(address, {
    cache: "no-store",
    headers: { "Trede-Part": "1" },
    signal: within(PATIENCE),
    ...options,
  });
}

async function whatWaited(mine) {
  const earlier = (await waiting()).filter(({ order }) => order !== mine);
  if (earlier.length) await send();
  return earlier.length > 0;
}

async function answer(button) {
  const data = new FormData(form(), button);
  const code = codeOf(form().action);
  const sound = soundOf(data);
  const kept = await keepHere(code, data);
  // Nobody waits for a line that was cut before: this goes with what waits.
  if (kept && offline) return cutOff(code, data, kept, button);
  let reply;
  try {
    // What waited goes first; it takes along what was just kept.
    if (kept) await whatWaited(kept);
    reply = await ask(form().action, {
      method: "POST",
      ...(sound
        ? { body: data, signal: within(SOUND_TAKES) }
        : { body: new URLSearchParams(data) }),
    });
    if (reply.status >= 500) throw new Error(String(reply.status));
  } catch (error) {
    return cutOff(code, data, kept, button);
  }
  if (reply.status === TOO_LARGE) return sayCutOff("spoken-large");
  const here = reply.headers.get("Content-Location");
  if (!reply.ok || !here) return location.assign(reply.url); // what is kept is sent there
  if (kept) await forget([kept]);
  online();
  if (reply.status === 204) return location.assign(here);
  if (!data.has("go")) remember(code, read(data), sound);
  show(await reply.text(), here);
}

/* Showing */

function show(html, address, { push = true } = {}) {
  const next = new DOMParser().parseFromString(html, "text/html");
  main.querySelectorAll(":scope > :not(.notices, template)").forEach((old) => old.remove());
  main.append(...next.body.children);
  const same = new URL(address, location).href === location.href;
  if (push && !same) history.pushState(null, "", address);
  const heading = main.querySelector("[data-focus]") ?? main.querySelector("h1");
  document.title = next.title || heading.textContent;
  heading.setAttribute("tabindex", "-1");
  window.scrollTo(0, 0);
  heading.focus();
  document.dispatchEvent(new Event("trede:question"));
}

async function go(address, options) {
  try {
    const reply = await ask(address);
    const here = reply.headers.get("Content-Location");
    if (!reply.ok || !here) return location.assign(reply.url);
    online();
    show(await reply.text(), here, options);
  } catch (error) {
    const code = codeOf(address);
    if (ahead?.pages[code]) showHere(code, options);
    else sayCutOff();
  }
}

/* Without a line */

async function cutOff(code, data, kept, button) {
  const sound = soundOf(data);
  if (!kept) return sayCutOff(sound ? soundless(sound) : "page");
  const given = read(data);
  const wrong = sound ? "" : whatIsWrong(questionOf(code), given);
  if (wrong && button?.value !== "stop") {
    await forget([kept]);
    return sayWrong(wrong);
  }
  offline = true;
  await mark(kept);
  if (button?.value === "stop") stop();
  else {
    remember(code, given, sound);
    const next = data.has("checking") ? firstOpen() : routing.after(code, ...way());
    if (next) showHere(next.code);
    else showEnd();
  }
  return sayWaiting();
}

const soundless = (sound) => (sound.size > ahead?.loudest ? "spoken-large" : "spoken");

async function mark(kept) {
  try {
    await markCutOff(kept);
  } catch (error) {
    // A full disk: the answer waits there all the same, without the mark.
  }
}

// Whoever has the device next may press "back": nothing is left here to show.
function stop() {
  stopped = true;
  fields.clear();
  sounds.clear();
  ahead.pages = {};
  showEnd("stopped", ahead.start);
}

function answers() {
  return new Map([...fields].map(([code, given]) => [code, valuesOf(code, given)]));
}

const way = () => [ahead.questions, answers(), ahead.skip, ahead.hidden];

function firstOpen() {
  const given = (code) => fields.has(code) || ahead.hidden.includes(code);
  return routing.asked(...way()).find(({ code }) => !given(code)) ?? null;
}

function whatIsWrong(question, given) {
  if (given.missing?.length) return "";
  const values = routing.valuesOf(given, question);
  if (!values && !Object.values(given).flat().some((one) => one.trim() && one !== "0")) {
    return question.nothing;
  }
  if (question.date && !isDate(values?.[0])) return question.date;
  const number = values?.length === 1 ? Number(values[0]) : NaN;
  if (question.bounds && values?.[0] !== "not") {
    const [least, most, said] = question.bounds;
    if (!(Number.isInteger(number) && number >= least && number <= most)) return said;
  }
  return "";
}

// The first of them is the year, or nothing in its place.
function isDate(value) {
  const [year, month, day] = (value ?? "").split("-").map(Number);
  const found = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2100 && found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}

function sayWrong(words) {
  main.querySelectorAll(".ask__error").forEach((old) => old.remove());
  const said = document.createElement("p");
  said.className = "field__error ask__error";
  said.setAttribute("role", "alert");
  said.tabIndex = -1;
  said.textContent = words;
  main.querySelector(".ask__question").after(said);
  said.focus();
}

function showHere(code, options) {
  const question = questionOf(code);
  const earlier = routing.before(code, ...way());
  const blanks = {
    submission: crypto.randomUUID(),
    progress: ahead.left[routing.left(code, ahead.questions, answers())],
    back_url: earlier ? earlier.at : "#main",
  };
  let html = ahead.pages[code];
  for (const [name, value] of Object.entries(blanks)) {
    html = html.replaceAll(ahead.blanks[name], value);
  }
  show(html, question.at, options);
  fillIn(fields.get(code) ?? {}, sounds.get(code));
}

function fillIn(given, sound) {
  const seen = {};
  for (const field of form().elements) {
    if (field.type === "file" && sound) putBack(sound, field);
    const values = given[field.name];
    if (!values || OURS.includes(field.name)) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.tagName !== "BUTTON" && field.type !== "file") {
      const place = (seen[field.name] ??= 0);
      field.value = values[place] ?? "";
      seen[field.name] += 1;
    }
  }
  document.dispatchEvent(new Event("trede:question"));
}

function putBack(sound, field) {
  const held = new DataTransfer();
  held.items.add(sound);
  field.files = held.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function showEnd(which = "done", address = ahead.check) {
  show(document.querySelector(`template[data-end=${which}]`).innerHTML, address);
}

async function sayWaiting() {
  say("waits", (await waiting()).length);
}

function sayCutOff(what = "page") {
  say(what);
  main.querySelector("[data-waiting]").focus();
}

function online() {
  if (offline) return;
  say(null);
}

let timer;
let sending = false;
let meanwhile = false; // something asked for it while it was being tried
function again(wait = AGAIN) {
  clearTimeout(timer);
  timer = setTimeout(arrive, wait);
}

async function inTurn(what) {
  if (sending) return void (meanwhile = true);
  sending = true;
  try {
    await what();
  } finally {
    sending = false;
    if (meanwhile) again(0);
    meanwhile = false;
  }
}

/* The line is back: everything that waited goes, and one is where one was. */
async function arrive() {
  if (handingIn) return handIn(handingIn);
  if (busy) return again();
  return inTurn(sendAll);
}

async function sendAll() {
  try {
    const { kept, refused } = await send();
    if (!offline) return;
    offline = false;
    say(refused ? "refused" : "arrived", kept);
    if (!form()) location.assign(stopped ? ahead.start : ahead.check);
  } catch (error) {
    again(); // still no line, or not for all of it
    await sayWaiting();
  }
}

/* Beginning */

async function fetchAhead() {
  if (!aheadAt || !window.isSecureContext) return;
  const begun = clocks();
  const reply = await fetch(aheadAt, { cache: "no-store" });
  if (!reply.ok) return;
  const rest = await reply.json();
  for (const [code, given] of Object.entries(rest.answers)) {
    if (!fields.has(code)) remember(code, given);
  }
  key = await keyOf(rest.key);
  asked = begun;
  ahead = rest;
}

async function begin() {
  try {
    const { kept, refused } = await send();
    if (refused) say("refused");
    else if (kept) return location.reload(); // to show what is so by now
  } catch (error) {
    again(); // no line: everything stays where it is
  }
  if (form()) await prepare();
}

async function prepare() {
  try {
    await fetchAhead();
  } catch (error) {
    setTimeout(prepare, AGAIN); // cut off already
  }
}

/* Handing in comes after everything that waits, and waits for the line itself. It is sent
   by this page, which stays when the line is cut meanwhile; twice is once. */
let handingIn = null;
function handIn(whole) {
  handingIn = whole;
  return inTurn(() => sendWhole(whole));
}

async function sendWhole(whole) {
  try {
    const { refused } = await send();
    if (refused) {
      handingIn = null;
      return say("refused");
    }
    const reply = await ask(whole.action, { method: "POST", body: new URLSearchParams(new FormData(whole)) });
    if (reply.status >= 500) throw new Error(String(reply.status));
    location.assign(reply.url);
  } catch (error) {
    sayCutOff("handing-in");
    again();
  }
}

document.addEventListener(
  "submit",
  async (event) => {
    if (!event.target.matches("[data-answer], [data-hand-in]")) return;
    if (event.submitter?.name === "language") return; // a whole page, in other words
    event.preventDefault();
    event.stopImmediatePropagation();
    if (busy) return;
    busy = true;
    try {
      if (event.target.matches("[data-hand-in]")) await handIn(event.target);
      else await answer(event.submitter);
    } finally {
      busy = handingIn !== null;
      if (offline) again(0);
    }
  },
  true,
);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!link || !plain || !form() || !link.closest(".ask__go")) return;
  if (!new URL(link.href).pathname.includes("/vraag/")) return;
  event.preventDefault();
  go(link.href);
});
window.addEventListener("popstate", () => {
  if (stopped) history.forward();
  else if (location.pathname.includes("/vraag/")) go(location.href, { push: false });
  else if (offline && location.pathname === ahead.check) showEnd();
  else location.reload();
});
window.addEventListener("online", () => arrive());
begin();
