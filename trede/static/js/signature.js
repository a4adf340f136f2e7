/* Signing on the screen. The drawing goes, as a PNG data address, into the hidden field;
   it stays empty while nothing is drawn. Without this script the pad does not show and the
   typed name beside it is the signature. */
"use strict";

document.querySelectorAll("[data-signature]").forEach((pad) => {
  const canvas = pad.querySelector("canvas");
  const field = pad.querySelector("input[type=hidden]");
  const pen = canvas.getContext("2d");
  let last = null;

  function clear() {
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    pen.scale(scale, scale);
    pen.lineWidth = 2.5;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = pen.fillStyle = getComputedStyle(canvas).color;
    field.value = "";
  }

  function draw(event) {
    const point = { x: event.offsetX, y: event.offsetY };
    pen.beginPath();
    pen.moveTo(last.x, last.y);
    pen.lineTo(point.x, point.y);
    pen.stroke();
    last = point;
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    last = { x: event.offsetX, y: event.offsetY };
    draw(event); // a dot is a stroke too
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (last) draw(event);
  });
  ["pointerup", "pointercancel"].forEach((end) =>
    canvas.addEventListener(end, () => {
      if (!last) return;
      last = null;
      field.value = canvas.toDataURL("image/png");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }),
  );
  pad.querySelector("[data-clear]").addEventListener("click", clear);

  pad.hidden = false;
  clear();
});
