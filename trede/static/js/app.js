/* What every page may use, and no page needs: a form is sent once, typed work is not lost,
   errors get the focus. Forms say what they want:
     data-guard      warns before leaving when something was typed and not sent
     data-draft      also keeps what was typed (this browser tab only), until it is saved
     data-download   answers with a file, so the page stays and may send again
     data-forget     drops all drafts: signing out, or what was typed is sent elsewhere  */
"use strict";

const DRAFT = "trede-draft:";
const user = document.body.dataset.user;
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

/* A menu that slides begins where one is. */
each(".top__nav [aria-current]", (here) => {
  here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
});

/* Sent once. The button is not disabled: its name and value must travel along. */
function markSent(form) {
  form.dataset.sent = "yes";
  form.querySelectorAll("button:not([type=button])").forEach((button) => {
    button.setAttribute("aria-disabled", "true");
  });
}

function markUnsent(form) {
  delete form.dataset.sent;
  form.querySelectorAll("button[aria-disabled]").forEach((button) => {
    button.removeAttribute("aria-disabled");
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  markSent(form);
  if (form.matches("[data-download]")) setTimeout(() => markUnsent(form), 3000);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) markUnsent(form);
});
// The back button may bring back a page as it was left: its forms can be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) each("form[data-sent]", markUnsent);
});

// Asked whether to leave, somebody stayed.
document.addEventListener("trede:stays", () => each("form[data-sent]", markUnsent));

/* Drafts: staff forms only, in this tab only, never a password, PIN, file or secret. */
const keyOf = (form) => `${DRAFT}${location.pathname}#${form.id || form.action}`;
const typed = (form) =>
  [...form.elements].filter(
    (field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type),
  );

function readDraft(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch (error) {
    sessionStorage.removeItem(key); // not ours, or cut short: nothing to put back
    return null;
  }
}

function keepDraft(form, sent) {
  const values = typed(form).map((field) =>
    "checked" in field && ["checkbox", "radio"].includes(field.type) ? field.checked : field.value,
  );
  sessionStorage.setItem(keyOf(form), JSON.stringify({ user, sent, values }));
}

function putBack(form, values) {
  typed(form).forEach((field, place) => {
    if (["checkbox", "radio"].includes(field.type)) field.checked = values[place] === true;
    else if (values[place] !== undefined) field.value = values[place];
  });
  form.dataset.dirty = "yes";
  const notice = document.querySelector("[data-draft-notice]");
  if (!notice) return;
  notice.hidden = false;
  notice.querySelector("[data-draft-clear]").addEventListener("click", () => {
    form.reset();
    sessionStorage.removeItem(keyOf(form));
    delete form.dataset.dirty;
    notice.hidden = true;
  });
}

/* A draft that was sent and is followed by a page of one's own has arrived; when the next
   page asks to sign in, the session was over and the draft must wait. */
function settleDrafts() {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(DRAFT))
    .forEach((key) => {
      const draft = readDraft(key);
      if (!draft) return;
      if (!user) sessionStorage.setItem(key, JSON.stringify({ ...draft, sent: false }));
      else if (draft.sent || draft.user !== user) sessionStorage.removeItem(key);
    });
}

settleDrafts();
each("form[data-draft]", (form) => {
  const draft = user ? readDraft(keyOf(form)) : null;
  if (draft && !form.querySelector("[aria-invalid]")) putBack(form, draft.values);
  form.addEventListener("input", () => keepDraft(form, false));
  form.addEventListener("submit", () => keepDraft(form, true));
});
each("form[data-draft], form[data-guard]", (form) => {
  form.addEventListener("input", () => (form.dataset.dirty = "yes"));
});
each("form[data-forget]", (form) => {
  form.addEventListener("submit", () => {
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith(DRAFT))
      .forEach((key) => sessionStorage.removeItem(key));
  });
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]:not([data-sent])")) event.preventDefault();
});

/* The end of the session, five minutes ahead */
const seconds = Number(document.body.dataset.sessionSeconds);
if (seconds) {
  const warn = () => {
    const warning = document.querySelector("[data-session-warning]");
    if (warning) warning.hidden = false;
  };
  setTimeout(warn, Math.max(0, seconds - 300) * 1000);
}

/* Focus, and menus that close */
each("[data-focus]", (element) => element.focus());
document.addEventListener("click", (event) => {
  each("details.menu[open]", (menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  each("details.menu[open]", (menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

/* On a telephone the row of tabs opens at the one that is shown. CSS has a word for it
   that scrolls the page as well. */
each(".tabs [aria-current]", (tab) => {
  const [one, row] = [tab, tab.parentElement].map((it) => it.getBoundingClientRect());
  tab.parentElement.scrollLeft += (one.left + one.right - row.left - row.right) / 2;
});

/* After a tap on a line of a list, the next page goes on where one was: what was noted
   stands there, read aloud as it has the focus, with its undo; then comes the next line. */
const PLACE = "trede-place";
const here = location.pathname + location.search;

function keepPlace(form) {
  const line = form.closest(".lines > li");
  if (!line) return sessionStorage.removeItem(PLACE);
  const [label, at] = [line.parentElement.ariaLabel, [...line.parentElement.children].indexOf(line)];
  const place = { page: here, label, at, top: line.getBoundingClientRect().top };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
}

function goOn(place, said) {
  const list = [...document.querySelectorAll(".lines")].find((one) => one.ariaLabel === place.label);
  const noted = list ? document.createElement("li") : said;
  if (list) {
    noted.className = "lines__noted";
    noted.append(said);
    list.insertBefore(noted, list.children[place.at] || null);
  }
  noted.tabIndex = -1;
  noted.focus({ preventScroll: true });
  scrollBy({ top: noted.getBoundingClientRect().top - place.top, behavior: "instant" });
}

document.addEventListener("submit", (event) => {
  if (event.target.method === "post" && !event.defaultPrevented) keepPlace(event.target);
});
const place = readDraft(PLACE);
const said = document.querySelector(".notices[role=status]");
if (place && place.page === here && said && said.children.length) goOn(place, said);
