/* Which question comes next, as `questionnaires/routing.py` has it, for a device that is
   cut off. `answers` holds for each question the values of its answer, or null for a way
   to go on without one. `settled` names questions that were answered before this device
   was handed over: conditions on these were decided by the server (`skip`), and where one
   of several is enough a fourth place says how.                                        */
"use strict";

const among = (values, wanted) => wanted.some((one) => values.includes(String(one)));

function holds([question, test, wanted], heard) {
  const values = heard.get(question) ?? null;
  if (test === "is_not") return values === null || !among(values, wanted);
  if (test === "not_answered") return values === null;
  if (values === null) return false;
  if (test === "answered") return true;
  if (test === "is") return among(values, wanted);
  if (values.length !== 1 || !/^-?\d+$/.test(values[0])) return false;
  const number = Number(values[0]);
  return test === "at_least" ? number >= wanted[0] : number <= wanted[0];
}

/* What stands in the fields of a page, as `answering.py` reads it: the values, or null for
   a way to go on without an answer.                                                      */

const digits = (text) =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (sign) => String(sign.charCodeAt(0) & 15));

const tidy = (text) => digits(text).trim();

const asNumber = (text) => (/^\d+$/.test(text) ? String(Number(text)) : text);

function dateOf(given) {
  const parts = ["date_year", "date_month", "date_day"].map((name) => tidy(given[name]?.at(-1) ?? ""));
  return parts.some(Boolean) ? parts.map(asNumber).join("-") : "";
}

export function valuesOf(given, question, isSpoken = false) {
  if (given.missing?.at(-1)) return null;
  const days = (given.day ?? []).map(Number).reduce((sum, one) => sum + one, 0);
  const hours = days ? String(days) : tidy(given.hours?.at(-1) ?? "");
  let values = (given.value ?? []).map(tidy).filter(Boolean);
  if (hours && values[0] !== "not") values = [hours];
  if (!values.length && dateOf(given)) values = [dateOf(given)];
  if (question?.bounds) values = values.map(asNumber);
  if (values.length) return values;
  return isSpoken ? [""] : null;
}

/* A condition is a list; several that count as one stand in `any` or in `all`.          */
function together(demand, check) {
  if (Array.isArray(demand)) return check(demand);
  if (demand.any) return demand.any.some((one) => together(one, check));
  return demand.all.every((one) => together(one, check));
}

export function asked(questions, answers, skip = [], settled = []) {
  const heard = new Map();
  const decided = ([question]) => settled.includes(question) && !answers.has(question);
  const check = (one) => (decided(one) ? (one[3] ?? true) : holds(one, heard));
  return questions.filter(({ code, when }) => {
    if (skip.includes(code)) return false;
    if (!when.every((one) => together(one, check))) return false;
    if (answers.has(code)) heard.set(code, answers.get(code));
    return true;
  });
}

export function mayBeAsked(questions, answers) {
  const heard = new Map();
  const ruledOut = new Set();
  const open = ([question]) => !heard.has(question) && !ruledOut.has(question);
  const check = (one) => open(one) || holds(one, heard);
  return questions.filter(({ code, when }) => {
    const may = when.every((one) => together(one, check));
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
