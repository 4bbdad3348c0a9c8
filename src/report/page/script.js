// Says the value of a place that is pointed at, tapped or reached with the arrow keys. Without it nothing is missing but this.
(function () {
  "use strict";
  var tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  document.body.appendChild(tip);
  function show(mark) {
    var title = mark.querySelector("title");
    if (title === null) { return; }
    tip.textContent = title.textContent;
    tip.hidden = false;
    var box = mark.getBoundingClientRect();
    var left = box.left + box.width / 2 - tip.offsetWidth / 2;
    left = Math.max(8, Math.min(left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    var top = box.top - tip.offsetHeight - 6;
    tip.style.left = left + window.scrollX + "px";
    tip.style.top = (Math.max(top, 4)) + window.scrollY + "px";
  }
  function hide() { tip.hidden = true; }
  Array.prototype.forEach.call(document.querySelectorAll(".chart"), function (chart) {
    var marks = Array.prototype.slice.call(chart.querySelectorAll(".v"));
    var at = -1;
    chart.addEventListener("pointerover", function (event) {
      if (event.target.classList.contains("v")) { show(event.target); } else { hide(); }
    });
    chart.addEventListener("click", function (event) {
      if (event.target.classList.contains("v")) { show(event.target); }
    });
    chart.addEventListener("pointerleave", hide);
    chart.addEventListener("blur", hide);
    chart.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") { hide(); }
      if (step === undefined || marks.length === 0) { return; }
      event.preventDefault();
      at = (at + step + marks.length) % marks.length;
      show(marks[at]);
    });
  });
}());
