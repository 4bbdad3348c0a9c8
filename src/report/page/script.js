// What a page can do where scripts run; without them nothing is missing but this. No sign that means something in markup
// may stand here: the page is read as XML too.

// Says the value of a place that is pointed at, tapped or reached with the arrow keys.
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

// Sorts a table by the column whose head is pressed: numbers by their size, what has none last.
(function () {
  "use strict";
  function list(of) { return Array.prototype.slice.call(of); }
  function key(cell) {
    var text = cell.textContent.trim();
    var found = text.replace(/,/g, "").replace(/\u2212/g, "-").replace(/[\u2060$+]/g, "").match(/^-?[0-9.]+/);
    return { text: text, number: found === null ? NaN : Number(found[0]), isEmpty: text === "–" || text === "" };
  }
  function compare(one, other) {
    if (one.isEmpty !== other.isEmpty) { return one.isEmpty ? 2 : -2; }
    if (isNaN(one.number) || isNaN(other.number)) { return one.text.localeCompare(other.text); }
    return one.number - other.number;
  }
  list(document.querySelectorAll("table")).forEach(function (table) {
    var body = table.tBodies[0];
    if (5 > body.rows.length) { return; }
    list(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.title = "Sort by this";
      while (head.firstChild !== null) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var falls = head.getAttribute("aria-sort") !== "descending";
        list(head.parentNode.cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", falls ? "descending" : "ascending");
        list(body.rows).map(function (row, place) {
          return { row: row, place: place, key: key(row.cells[column]) };
        }).sort(function (one, other) {
          var by = compare(one.key, other.key);
          if (Math.abs(by) === 2) { if (one.key.isEmpty !== other.key.isEmpty) { return by; } }
          return (falls ? -by : by) || one.place - other.place;
        }).forEach(function (entry) { body.appendChild(entry.row); });
      });
    });
  });
}());

// Makes knobs of the first columns of the map's table, and tells what comes of the setting that they stand at.
(function () {
  "use strict";
  function list(of) { return Array.prototype.slice.call(of); }
  function texts(row) { return list(row.cells).map(function (cell) { return cell.textContent.trim(); }); }
  function made(tag, inside, text) {
    var element = document.createElement(tag);
    if (text !== undefined) { element.textContent = text; }
    inside.appendChild(element);
    return element;
  }
  list(document.querySelectorAll(".explorer")).forEach(function (box) {
    var table = box.querySelector("table");
    var head = texts(table.tHead.rows[0]);
    var rows = list(table.tBodies[0].rows).map(texts);
    var knobs = Number(box.getAttribute("data-knobs"));
    var chosen = rows[Number(box.getAttribute("data-offer") || 0)].slice(0, knobs);
    var dials = document.createElement("div");
    dials.className = "dials";
    var result = document.createElement("div");
    result.setAttribute("role", "status");
    var details = box.querySelector("details");
    box.insertBefore(dials, details);
    box.insertBefore(result, details);
    function show() {
      var row = rows.filter(function (row) {
        return chosen.every(function (value, knob) { return row[knob] === value; });
      })[0];
      result.textContent = "";
      if (row === undefined) { made("p", result, "This setting was not run."); return; }
      made("p", result, row[knobs].charAt(0).toUpperCase() + row[knobs].slice(1)).className = "says";
      var numbers = made("dl", result);
      numbers.className = "numbers";
      row.slice(knobs + 1).forEach(function (value, place) {
        var one = made("div", numbers);
        made("dt", one, value);
        made("dd", one, head[knobs + 1 + place]);
      });
    }
    chosen.forEach(function (value, knob) {
      var values = [];
      rows.forEach(function (row) { if (values.indexOf(row[knob]) === -1) { values.push(row[knob]); } });
      if (values.length === 1) { return; }
      var label = made("label", dials);
      made("span", label, head[knob]);
      var control = document.createElement(values.length > 2 ? "input" : "select");
      var shown = made("strong", label, value);
      label.appendChild(control);
      if (values.length > 2) {
        control.type = "range";
        control.min = 0;
        control.max = values.length - 1;
        control.step = 1;
        control.value = values.indexOf(value);
      } else {
        shown.hidden = true;
        values.forEach(function (value) { made("option", control, value); });
        control.value = value;
      }
      control.addEventListener("input", function () {
        chosen[knob] = values.length > 2 ? values[Number(control.value)] : control.value;
        shown.textContent = chosen[knob];
        control.setAttribute("aria-valuetext", chosen[knob]);
        show();
      });
    });
    show();
  });
}());

// Finds the sections that hold all words that are typed.
(function () {
  "use strict";
  function list(of) { return Array.prototype.slice.call(of); }
  var bar = document.querySelector(".bar");
  if (bar === null) { return; }
  var field = document.createElement("input");
  field.type = "search";
  field.placeholder = "Search";
  field.setAttribute("aria-label", "Search the sections of this page");
  bar.appendChild(field);
  var found = document.createElement("ol");
  found.className = "found";
  found.setAttribute("role", "status");
  found.hidden = true;
  bar.parentNode.insertBefore(found, bar.nextSibling);
  var sections = list(document.querySelectorAll(".verdict, .answer, .block")).map(function (section) {
    var heading = section.querySelector("h1, h3");
    var named = section.id === "" ? heading.id : section.id;
    return { id: named, title: heading.textContent, text: section.textContent.toLowerCase() };
  });
  field.addEventListener("input", function () {
    var words = field.value.toLowerCase().split(/\s+/).filter(function (word) { return word !== ""; });
    found.textContent = "";
    found.hidden = words.length === 0;
    if (found.hidden) { return; }
    sections.filter(function (section) {
      return words.every(function (word) { return section.text.indexOf(word) !== -1; });
    }).forEach(function (section) {
      var link = document.createElement("a");
      link.href = "#" + section.id;
      link.textContent = section.title;
      link.addEventListener("click", function () { found.hidden = true; });
      found.appendChild(document.createElement("li")).appendChild(link);
    });
    if (found.firstChild === null) { found.appendChild(document.createElement("li")).textContent = "No section has these words."; }
  });
  field.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { field.value = ""; found.hidden = true; }
  });
}());
