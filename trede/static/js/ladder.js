/* The questions of the ladder come one by one: only what the answers so far ask for is in
   view, and the tread that they give is said. Without this script all stand there, and
   the server takes what is needed. */
"use strict";

const form = document.querySelector("form[data-ladder]");
const { rules, treads } = JSON.parse(form.dataset.ladder);
const said = form.querySelector("[data-ladder-says]");
const given = (code) => form.querySelector(`[name="${code}"]:checked`)?.value;

/* As `ladder.decide`: the first rule that holds, and the questions asked on the way. */
function walk() {
  const asked = new Set();
  for (const { tread, when } of rules) {
    let holds = true;
    for (const [code, wanted] of when) {
      asked.add(code);
      if (given(code) === undefined) return { asked, tread: null };
      holds = given(code) === wanted;
      if (!holds) break;
    }
    if (holds) return { asked, tread };
  }
  return { asked, tread: null };
}

function show() {
  const { asked, tread } = walk();
  form.querySelectorAll("[data-question]").forEach((question) => {
    const wrong = question.classList.contains("field--wrong");
    question.hidden = !asked.has(question.dataset.question) && !wrong;
  });
  said.textContent = tread === null ? "" : treads[tread];
}

form.addEventListener("change", show);
form.addEventListener("reset", () => setTimeout(show));
show();
