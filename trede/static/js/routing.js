/* Which question comes next, as `questionnaires/routing.py` has it, for a device that is
   cut off. `answers` holds for each question the values of its answer, or null for a way
   to go on without one. `settled` names questions that were answered before this device
   was handed over: conditions on these were decided by the server (`skip`).            */
"use strict";

const among = (values, wanted) => wanted.some((one) => values.includes(String(one)));

function holds([question, test, wanted], heard) {
  const values = heard.get(question) ?? null;
  if (test === "is_not") return values === null || !among(values, wanted);
  if (values === null) return false;
  if (test === "is") return among(values, wanted);
  if (values.length !== 1 || !/^-?\d+$/.test(values[0])) return false;
  const number = Number(values[0]);
  return test === "at_least" ? number >= wanted[0] : number <= wanted[0];
}

export function asked(questions, answers, skip = [], settled = []) {
  const heard = new Map();
  return questions.filter(({ code, when }) => {
    const decided = ([question]) => settled.includes(question) && !answers.has(question);
    if (skip.includes(code)) return false;
    if (!when.every((one) => decided(one) || holds(one, heard))) return false;
    if (answers.has(code)) heard.set(code, answers.get(code));
    return true;
  });
}

export function mayBeAsked(questions, answers) {
  const heard = new Map();
  const ruledOut = new Set();
  return questions.filter(({ code, when }) => {
    const open = ([question]) => !heard.has(question) && !ruledOut.has(question);
    const may = when.every((one) => open(one) || holds(one, heard));
    if (!may) ruledOut.add(code);
    else if (answers.has(code)) heard.set(code, answers.get(code));
    return may;
  });
}

const placeOf = (questions, code) => questions.findIndex((one) => one.code === code);

export function after(code, questions, answers, skip, settled) {
  const place = placeOf(questions, code);
  const path = asked(questions, answers, skip, settled);
  return path.find((one) => placeOf(questions, one.code) > place) ?? null;
}

export function before(code, questions, answers, skip, settled) {
  const place = placeOf(questions, code);
  const path = asked(questions, answers, skip, settled);
  return path.findLast((one) => placeOf(questions, one.code) < place) ?? null;
}

export function left(code, questions, answers) {
  const place = placeOf(questions, code);
  return mayBeAsked(questions, answers).filter((one) => placeOf(questions, one.code) >= place)
    .length;
}
