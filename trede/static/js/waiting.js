/* Answers that wait on this device until there is a line: sealed, so that nobody reads them
   here, and sent by whatever page of ours is open first. A page that uses this has an
   element with data-waiting and the address to send to; in it, what is shown while
   answers wait (data-count), when they were sent (data-arrived), and when one could not be
   kept (data-refused). A browser that keeps nothing (a private window) has nothing waiting:
   `keep` then says so.                                                                  */
"use strict";

const STORE = "answers";
const PATIENCE = 10000; // milliseconds for a piece
const SLOW = 20; // signs in a millisecond, on a line that is poor and works
const AGAIN = 10000; // milliseconds until it is tried again
// The platform takes 500 at once, and 5 MB; one spoken answer goes alone.
const AT_ONCE = 200;
const LARGEST = 1000000; // signs
// Said by the platform only: nothing that it can read, so it is never taken.
const NEVER_TAKEN = [422];
// Too much for what stands in between: until that is set right it stays here.
const TOO_LARGE = 413;

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

let opened = null;
function database() {
  opened ??= open().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function open() {
  const request = indexedDB.open("trede-waiting", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
  };
  const there = await asPromise(request);
  there.onclose = () => (opened = null); // the browser tidied up
  return there;
}

export async function waiting() {
  let there;
  try {
    there = await database();
  } catch (error) {
    return []; // nothing can be kept here, so nothing was
  }
  return asPromise(there.transaction(STORE).objectStore(STORE).getAll());
}

export async function keep(sealed) {
  const change = (await database()).transaction(STORE, "readwrite", { durability: "strict" });
  const order = await asPromise(change.objectStore(STORE).add(sealed));
  await done(change);
  return order;
}

/* When it was given: not before what waits here of the same hand-over, though the clock was
   set back in between. What waits may go in more than one piece, and the platform tells the
   order of two pieces by the time only. */
export function givenAt(boxes, handle, at) {
  const handOver = (one) => one.handle.split(".", 1)[0];
  const before = boxes.filter((one) => handOver(one) === handOver({ handle }));
  return before.reduce((latest, { given_at = 0 }) => Math.max(latest, given_at), at);
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

/* Not every browser can wait for so long and no longer. */
export const within = (milliseconds) => AbortSignal.timeout?.(milliseconds);

/* Two tabs take turns; what both send is kept once. */
export function send() {
  return navigator.locks ? navigator.locks.request("trede-waiting", sendAll) : sendAll();
}

async function sendAll() {
  const place = document.querySelector("[data-waiting]");
  if (!place) return { kept: 0, refused: 0 };
  return inOrder(place.dataset.waiting, piecesOf(await waiting()));
}

/* What is too large holds up nothing that was given after it. */
async function inOrder(address, pieces) {
  const result = { kept: 0, refused: 0 };
  let stays = null;
  for (const piece of pieces) {
    try {
      const { kept, refused } = await sendPiece(address, piece);
      result.kept += kept;
      result.refused += refused;
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      stays = error;
    }
  }
  if (stays) throw stays;
  return result;
}

class TooLarge extends Error {}

/* In the order in which they were given. */
function piecesOf(boxes) {
  const pieces = [];
  let room = 0;
  for (const one of boxes) {
    room -= one.box.length;
    if (room < 0 || pieces.at(-1).length === AT_ONCE) {
      pieces.push([]);
      room = LARGEST - one.box.length;
    }
    pieces.at(-1).push(one);
  }
  return pieces;
}

/* What arrived is forgotten here at once, whatever becomes of the pieces after it. */
async function sendPiece(address, boxes) {
  const body = JSON.stringify({
    waiting: boxes.map(({ name, handle, box, cut_off = false }) => ({ name, handle, box, cut_off })),
  });
  const reply = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
    signal: within(PATIENCE + body.length / SLOW),
  });
  let result;
  if (reply.ok) result = await reply.json();
  else if (![...NEVER_TAKEN, TOO_LARGE].includes(reply.status)) throw new Error(`not taken: ${reply.status}`);
  else if (boxes.length > 1) return inOrder(address, boxes.map((one) => [one]));
  else if (reply.status === TOO_LARGE) throw new TooLarge();
  else result = { kept: 0, refused: 1 };
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
let timer;
export async function sendWhatWaits() {
  clearTimeout(timer);
  const count = (await waiting()).length;
  if (!count) return;
  try {
    const { kept, refused } = await send();
    say(refused ? "refused" : "arrived", kept);
  } catch (error) {
    say("waits", (await waiting()).length); // no line yet
    timer = setTimeout(sendWhatWaits, AGAIN);
  }
}
