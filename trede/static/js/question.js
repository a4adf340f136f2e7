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
  const said = day.closest("[data-week]").querySelector("[data-said]");
  said.textContent = `${day.querySelector("label").textContent}, ${list.selectedOptions[0].text}`;
});
