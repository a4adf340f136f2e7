/* Answers that wait on this device until there is a line: sealed, so that nobody reads them
   here, and sent by whatever page of ours is open first. A page that uses this has an
   element with data-waiting and the address to send to; in it, what is shown while
   answers wait (data-count), when they were sent (data-arrived), and when one could not be
   kept (data-refused).                                                                 */
"use strict";

const STORE = "answers";
const PATIENCE = 10000; // milliseconds

const asPromise = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const done = (change) =>
  new Promise((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onabort = change.onerror = () => reject(change.error);
  });

let opened;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("trede-waiting", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

export async function waiting() {
  const store = (await database()).transaction(STORE).objectStore(STORE);
  return asPromise(store.getAll());
}

export async function keep(sealed) {
  const change = (await database()).transaction(STORE, "readwrite", { durability: "strict" });
  const order = await asPromise(change.objectStore(STORE).add(sealed));
  await done(change);
  return order;
}

/* It could not be sent when it was given. */
export async function markCutOff(order) {
  const change = (await database()).transaction(STORE, "readwrite");
  const store = change.objectStore(STORE);
  const sealed = await asPromise(store.get(order));
  if (sealed) store.put({ ...sealed, cut_off: true });
  await done(change);
}

export async function forget(orders) {
  const change = (await database()).transaction(STORE, "readwrite");
  orders.forEach((order) => change.objectStore(STORE).delete(order));
  await done(change);
}

/* Two tabs take turns; what both send is kept once. */
export function send() {
  return navigator.locks.request("trede-waiting", sendAll);
}

async function sendAll() {
  const place = document.querySelector("[data-waiting]");
  const boxes = await waiting();
  if (!boxes.length || !place) return { kept: 0, refused: 0 };
  const reply = await fetch(place.dataset.waiting, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      sent_at: Date.now(),
      waiting: boxes.map(({ name, handle, box, cut_off = false }) => ({ name, handle, box, cut_off })),
    }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!reply.ok) throw new Error(`not taken: ${reply.status}`);
  const result = await reply.json();
  await forget(boxes.map(({ order }) => order));
  return result;
}

export function say(what, count = 0) {
  const place = document.querySelector("[data-waiting]");
  if (!place) return;
  place.hidden = what === null;
  place.querySelectorAll("[data-said]").forEach((part) => {
    part.hidden = part.dataset.said !== what;
  });
  place.querySelectorAll("[data-count]").forEach((part) => {
    part.textContent = String(count);
  });
}

/* On a page without questions: send what waits, and try again until it has arrived. */
export async function sendWhatWaits() {
  const count = (await waiting()).length;
  if (!count) return 0;
  try {
    const { kept, refused } = await send();
    say(refused ? "refused" : "arrived", kept);
    return kept + refused;
  } catch (error) {
    say("waits", count); // no line yet
    return 0;
  }
}
