/* On a page of ours without questions: what still waits on this device is sent. */
"use strict";

import { sendWhatWaits } from "./waiting.js";

sendWhatWaits();
window.addEventListener("online", () => sendWhatWaits());
