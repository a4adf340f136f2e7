/* Typing over a paper form: in a list of answers a digit chooses that answer and goes on
   to the next question. Without this script Tab and the arrows do the same. */
"use strict";

const form = document.querySelector("[data-typing]");

function next(from) {
  const questions = [...form.querySelectorAll("fieldset[id]")];
  const following = questions[questions.indexOf(from) + 1] ?? form;
  const control = following.querySelector(
    following === form ? "[name=rest_blank]" : "input, select, textarea",
  );
  control?.focus();
}

form?.addEventListener("keydown", (event) => {
  const choice = event.target;
  if (choice.type !== "radio" || !/^[0-9]$/.test(event.key)) return;
  const question = choice.closest("fieldset[id]");
  const answers = [...question.querySelectorAll(`[name="${CSS.escape(choice.name)}"]`)];
  const byValue = answers.find((one) => one.value === event.key);
  const chosen = answers.every((one) => /^[0-9]+$/.test(one.value))
    ? byValue
    : answers[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  const hours = question.querySelector("[name$='-hours']");
  if (hours && chosen === answers[0]) hours.focus();
  else next(question);
});

/* An answer and a reason for none do not go together: the newest of the two counts. */
form?.addEventListener("change", (event) => {
  const control = event.target;
  const question = control.closest("fieldset[id]");
  const reason = question?.querySelector("[name$='-missing']");
  if (!reason) return;
  if (control !== reason) {
    reason.value = "";
  } else if (reason.value) {
    for (const one of question.querySelectorAll("input, textarea, select")) {
      if (one === reason) continue;
      if (one.matches("[type=radio], [type=checkbox]")) one.checked = false;
      else one.value = "";
    }
  }
});
