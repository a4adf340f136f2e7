/* What makes a question easier where JavaScript is there: the week by tapping, a list of
   countries that one searches. Everything here also works without. */
"use strict";

// A new question may come into the page without a new page: see `trede:question`.
const QUESTION = "trede:question";

const setUp = [];
function everyQuestion(begin) {
  setUp.push(begin);
}
function beginAll() {
  for (const begin of setUp) begin(document);
}
document.addEventListener("DOMContentLoaded", beginAll);
document.addEventListener(QUESTION, beginAll);

/* The week */

function showWeek(week) {
  let total = 0;
  for (const day of week.querySelectorAll("[data-day]")) {
    const hours = Number(day.querySelector("select").value);
    day.querySelector(".day__full").setAttribute("width", String(hours * 10));
    total += hours;
  }
  const line = week.querySelector("[data-total]");
  line.hidden = total === 0;
  line.querySelector("strong").textContent = String(total);
}

// Who says "no" after choosing hours means no: the hours are then not sent along.
function openWeek(week) {
  const yes = week.closest(".hours").querySelector('[value="yes"]');
  week.disabled = !yes.checked;
}

everyQuestion((page) => {
  for (const week of page.querySelectorAll("[data-week]")) {
    for (const step of week.querySelectorAll("[data-step]")) step.hidden = false;
    openWeek(week);
    showWeek(week);
  }
});

document.addEventListener("change", (event) => {
  const hours = event.target.closest(".hours");
  const week = hours && hours.querySelector("[data-week]");
  if (!week) return;
  openWeek(week);
  showWeek(week);
});

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step) return;
  const day = step.closest("[data-day]");
  const list = day.querySelector("select");
  const next = list.selectedIndex + Number(step.dataset.step);
  if (next < 0 || next >= list.options.length) return;
  list.selectedIndex = next;
  list.dispatchEvent(new Event("change", { bubbles: true }));
  const said = day.closest("[data-week]").querySelector("[data-day-said]");
  said.textContent = `${day.querySelector("label").textContent}, ${list.selectedOptions[0].text}`;
});

/* "None of these" takes the other ticks away, and another answer takes away that one. */

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox" || !box.checked) return;
  const alone = box.hasAttribute("data-exclusive");
  for (const other of box.form.querySelectorAll(`input[name="${box.name}"]`)) {
    if (other !== box && (alone || other.hasAttribute("data-exclusive"))) other.checked = false;
  }
});

/* A list of countries that one searches: a combobox with a list, over the list that
   stands there. It searches in the language of the page and in Dutch, without accents. */

function bare(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’'`]/gu, "")
    .toLowerCase()
    .trim();
}

function countriesOf(select) {
  return [...select.options]
    .filter((option) => option.value)
    .map((option, place) => ({
      option,
      id: `${select.id}_${place}`,
      names: [option.text, option.dataset.dutch || ""].map(bare),
    }));
}

// Names that begin with what was typed go before those with it inside.
function found(countries, typed) {
  const asked = bare(typed);
  const begins = (one) => one.names.some((name) => name.startsWith(asked));
  const holds = (one) => one.names.some((name) => name.includes(asked));
  const first = countries.filter(begins);
  return [...first, ...countries.filter((one) => holds(one) && !begins(one))];
}

class Search {
  constructor(select) {
    this.select = select;
    this.countries = countriesOf(select);
    this.active = -1;
    this.shown = [];
    this.build();
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    // The field keeps the focus while a finger or mouse is on the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(this.shown.find((one) => one.id === row.id));
    });
  }

  build() {
    const { select } = this;
    this.input = document.createElement("input");
    this.list = document.createElement("ul");
    this.none = document.createElement("p");
    Object.assign(this.input, {
      id: `${select.id}_search`,
      type: "text",
      autocomplete: "off",
      className: "utrecht-textbox utrecht-textbox--html-input",
      placeholder: select.options[0].text,
    });
    const said = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${select.id}_list`,
      "aria-describedby": select.getAttribute("aria-describedby") || "",
    };
    for (const [name, value] of Object.entries(said)) this.input.setAttribute(name, value);
    Object.assign(this.list, { id: `${select.id}_list`, hidden: true, className: "found" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-labelledby", "q");
    this.none.className = "ask__note";
    this.none.setAttribute("role", "status");
    document.querySelector(`label[for="${select.id}"]`).htmlFor = this.input.id;
    select.hidden = true;
    select.after(this.input, this.list, this.none);
    this.show();
  }

  show() {
    if (this.select.value) this.input.value = this.select.selectedOptions[0].text;
  }

  open() {
    const chosen = this.select.selectedOptions[0];
    const asked = this.input.value === chosen?.text ? "" : this.input.value;
    this.shown = found(this.countries, asked);
    this.list.replaceChildren(...this.shown.map((one) => this.row(one)));
    this.list.hidden = this.shown.length === 0;
    this.none.textContent = this.shown.length ? "" : this.select.parentElement.dataset.none;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark(-1);
  }

  row(country) {
    const row = document.createElement("li");
    row.id = country.id;
    row.textContent = country.option.text;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(country.option.selected));
    return row;
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  mark(place) {
    this.active = place;
    const rows = [...this.list.children];
    rows.forEach((row, here) => row.classList.toggle("found__here", here === place));
    const row = rows[place];
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  choose(country) {
    this.select.value = country.option.value;
    this.input.value = country.option.text;
    this.none.textContent = "";
    this.close();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // What was typed in full counts, and what is no country is no answer.
  leave() {
    this.close();
    const typed = bare(this.input.value);
    const same = this.countries.find((one) => typed && one.names.includes(typed));
    if (same) this.choose(same);
    else this.select.value = "";
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      const of = this.shown.length;
      if (of) this.mark(this.active < 0 && step < 0 ? of - 1 : (this.active + step + of) % of);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      const only = this.shown.length === 1 ? this.shown[0] : null;
      const chosen = this.shown[this.active] || only;
      if (chosen) this.choose(chosen);
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.close();
    }
  }
}

const searches = new WeakMap();
everyQuestion((page) => {
  for (const select of page.querySelectorAll(".ask select[data-search]")) {
    const there = searches.get(select);
    // What was answered while the line was cut is filled in afterwards.
    if (there) there.show();
    else searches.set(select, new Search(select));
  }
});
