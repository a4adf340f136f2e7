/* An answer is locked away under the key of the hand-over: `questionnaires/sealing.py`. */
"use strict";

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

export const keyOf = (text) =>
  crypto.subtle.importKey("raw", bytes(text), "AES-GCM", false, ["encrypt"]);

/* The content, and behind a sign that stands in no JSON, what was spoken. */
export async function sealed(key, name, content, sound) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const code = new TextEncoder();
  const parts = [JSON.stringify(content), ...(sound ? ["\0", sound] : [])];
  const locked = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: code.encode(name) },
    key,
    await new Blob(parts).arrayBuffer(),
  );
  return asText(new Blob([nonce, locked]));
}

/* Of any size: what was spoken is too long to be spread out in a call. */
function asText(raw) {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result.split(",", 2)[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(raw);
  });
}
