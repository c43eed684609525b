// Filters, sorts and pages the lists of the report. Everything can be read without it.
// Text from the data becomes text nodes and nothing else.
(function () {
  "use strict";
  var PAGE = 100;
  var root = document.body.dataset.root || "";

  function el(name, attributes, children) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== null && attributes[key] !== undefined) node.setAttribute(key, attributes[key]);
    });
    (children || []).forEach(function (child) {
      node.append(child);
    });
    return node;
  }

  // Small letters without their accents, so that "zoe" finds "Zoë" and "soren" finds "Søren".
  var OTHERS = { "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d" };
  function fold(text) {
    // Most texts are ASCII, which has no accents: the first letter typed folds all rows.
    if (!/[^\0-~]/.test(text)) return text.toLowerCase();
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øđłßæœıþð]/g, function (c) {
      return OTHERS[c];
    });
  }

  function icon(word) {
    var ns = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(ns, "svg");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    var use = document.createElementNS(ns, "use");
    use.setAttribute("href", "#i-" + word);
    svg.append(use);
    return svg;
  }

  var LABELS = {
    unknown: "Unknown", unverified: "Unverified", overdue: "Overdue", grace: "In grace", due_soon: "Due soon", pending: "Not yet due",
    deferred: "Deferred", exempt: "Exempt", excused: "Excused", current: "Current", proposed: "Proposed",
    not_applicable: "Not applicable"
  };
  var ORDER = Object.keys(LABELS);

  // What a column of each kind gives: cells, text to search, and a key to sort by.
  function kinds(words) {
    function bdi(text) { return el("bdi", {}, [text]); }
    var none = { text: function () { return ""; } };
    return {
      person: {
        draw: function (v, td) {
          var name = v[1] || v[0];
          var page = v.length > 2 ? v[2] : "person/" + v[0];
          td.append(page ? el("a", { href: root + page + ".html" }, [bdi(name)]) : bdi(name));
          if (v[1] && page) td.append(" ", el("span", { class: "id" }, [v[0]]));
        },
        text: function (v) { return v[1] + " " + v[0]; },
        key: function (v) { return fold(v[1] || v[0]); }
      },
      requirement: {
        draw: function (v, td) {
          var r = words[v];
          td.append(el("a", { href: root + "requirement/" + r[0] + "/index.html" }, [bdi(r[1])]));
        },
        text: function (v) { return words[v].join(" "); },
        key: function (v) { return fold(words[v][1]); },
        options: function (v) { return [words[v][1]]; }
      },
      status: {
        draw: function (v, td) {
          var s = words[v];
          td.append(el("span", { class: "st st-" + s[0] }, [icon(s[0]), LABELS[s[0]] || s[0]]));
          s.slice(1).forEach(function (m) { td.append(" ", el("span", { class: "mark m-" + m.toLowerCase().replace(" ", "-") }, [m])); });
        },
        text: function (v) { return (LABELS[words[v][0]] || "") + " " + words[v].slice(1).join(" "); },
        key: function (v) { return ORDER.indexOf(words[v][0]) - (words[v].length > 1 ? 0.5 : 0); }
      },
      date: {
        draw: function (v, td) { if (v) td.append(el("time", { datetime: v }, [v])); },
        text: function (v) { return v || ""; },
        key: function (v) { return v || "9999"; }
      },
      number: {
        draw: function (v, td) { if (v !== null) td.append(String(v)); },
        text: none.text,
        key: function (v) { return v === null ? -Infinity : v; }
      },
      words: {
        draw: function (v, td) {
          v.forEach(function (w) { td.append(el("span", { class: "tag" }, [bdi(words[w])])); });
        },
        text: function (v) { return v.map(function (w) { return words[w]; }).join(" "); },
        key: function (v) { return v.length ? fold(words[v[0]]) : "\uffff"; },
        options: function (v) { return v.map(function (w) { return words[w]; }); }
      },
      text: {
        draw: function (v, td) { td.append(bdi(v)); },
        text: function (v) { return v; },
        key: function (v) { return fold(v); }
      }
    };
  }

  function list(box, data) {
    var table = box.querySelector("table");
    if (!table) return;
    var kind = kinds(data.words);
    var columns = Array.from(table.tHead.rows[0].cells).map(function (th, at) {
      return { th: th, at: at, key: th.dataset.key, title: th.textContent, kind: th.dataset.kind,
        minor: th.classList.contains("minor"), of: kind[th.dataset.kind] };
    });
    var rows = data.rows;
    var texts = [];
    var body = table.tBodies[0];
    var shown = box.querySelector("[data-shown]");
    var old = box.querySelector(".pager");
    if (old) old.remove();
    var state = read();
    var controls = filters();
    box.prepend(controls.form);
    var pager = el("nav", { class: "pager", "aria-label": "Pages of this list" });
    box.querySelector(".scroll").after(pager);
    columns.forEach(head);
    draw(false);
    var soon = window.requestIdleCallback || window.setTimeout;
    soon(prepare);
    window.addEventListener("hashchange", function () { state = read(); controls.fill(); draw(false); });

    // What is searched is put together when there is nothing else to do, a bit at a time, so
    // that the first letter finds it there.
    function prepare() {
      fill(1000);
      if (texts.length < rows.length) soon(prepare);
    }

    function fill(more) {
      for (; more > 0 && texts.length < rows.length; more--) {
        var row = rows[texts.length];
        texts.push(fold(columns.map(function (c) { return c.of.text(row[c.at]); }).join(" \u0001 ")));
      }
    }

    // The state is in the address: q, sort, page, and a name for each select or set of chips.
    function read() {
      var now = { q: "", sort: "", page: 1, only: {} };
      new URLSearchParams(location.hash.slice(1)).forEach(function (value, key) {
        if (key === "q" || key === "sort") now[key] = value;
        else if (key === "page") now.page = Math.max(1, parseInt(value, 10) || 1);
        else now.only[key] = value;
      });
      return now;
    }

    function write() {
      var now = new URLSearchParams();
      if (state.q) now.set("q", state.q);
      Object.keys(state.only).forEach(function (key) { if (state.only[key]) now.set(key, state.only[key]); });
      if (state.sort) now.set("sort", state.sort);
      if (state.page > 1) now.set("page", state.page);
      var hash = now.toString();
      try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); } catch (e) { location.hash = hash; }
    }

    function change(part) {
      Object.assign(state, part);
      write();
      draw(true);
    }

    function filters() {
      var find = el("input", { type: "search", autocomplete: "off", spellcheck: "false", "aria-keyshortcuts": "/" });
      var form = el("form", { class: "filters", role: "search", "aria-label": "Filter the list" }, [
        el("label", { class: "find" }, ["Find (press / to jump here)", find])
      ]);
      var fills = [function () { find.value = state.q; }];
      find.addEventListener("input", function () { change({ q: find.value, page: 1 }); });
      form.addEventListener("submit", function (event) { event.preventDefault(); });
      columns.forEach(function (column) {
        if (column.kind === "status") fills.push(chips(form, column));
        else if (column.of.options) fills.push(select(form, column));
      });
      return { form: form, find: find, fill: function () { fills.forEach(function (f) { f(); }); } };
    }

    function select(form, column) {
      var all = new Set();
      rows.forEach(function (row) { column.of.options(row[column.at]).forEach(function (o) { all.add(o); }); });
      if (all.size < 2) return function () {};
      var options = Array.from(all).sort(function (a, b) { return a.localeCompare(b, "en"); });
      var box = el("select", {}, [el("option", { value: "" }, ["all"])].concat(options.map(function (o) {
        return el("option", { value: o }, [o]);
      })));
      box.addEventListener("change", function () { state.only[column.key] = box.value; change({ page: 1 }); });
      form.append(el("label", {}, [column.title, box]));
      return function () { box.value = state.only[column.key] || ""; };
    }

    function chips(form, column) {
      var counts = {};
      rows.forEach(function (row) {
        var word = data.words[row[column.at]][0];
        counts[word] = (counts[word] || 0) + 1;
      });
      var present = ORDER.filter(function (word) { return counts[word]; });
      if (present.length < 2) return function () {};
      var buttons = present.map(function (word) {
        var button = el("button", { type: "button", class: "chip st st-" + word, "aria-pressed": "false" },
          [icon(word), LABELS[word], " ", el("b", {}, [String(counts[word])])]);
        button.addEventListener("click", function () {
          var set = chosen(column);
          if (set.has(word)) set.delete(word); else set.add(word);
          state.only[column.key] = Array.from(set).join(",");
          fill();
          change({ page: 1 });
        });
        return button;
      });
      function fill() {
        var set = chosen(column);
        buttons.forEach(function (button, at) { button.setAttribute("aria-pressed", String(set.has(present[at]))); });
      }
      form.append(el("div", { class: "chips", role: "group", "aria-label": column.title }, buttons));
      return fill;
    }

    function chosen(column) {
      return new Set((state.only[column.key] || "").split(",").filter(Boolean));
    }

    function head(column) {
      var button = el("button", { type: "button" }, [column.title]);
      column.th.replaceChildren(button);
      button.addEventListener("click", function () {
        var next = state.sort === column.key ? "-" + column.key : state.sort === "-" + column.key ? "" : column.key;
        change({ sort: next, page: 1 });
      });
    }

    function matching() {
      var words = fold(state.q).split(/\s+/).filter(Boolean);
      if (words.length) fill(rows.length);
      var tests = [];
      columns.forEach(function (column) {
        var want = state.only[column.key];
        if (!want) return;
        if (column.kind === "status") {
          var set = chosen(column);
          tests.push(function (row) { return set.has(data.words[row[column.at]][0]); });
        } else if (column.of.options) {
          tests.push(function (row) { return column.of.options(row[column.at]).indexOf(want) >= 0; });
        }
      });
      var within = columns.find(function (c) { return c.key === "days"; });
      var days = parseInt(state.only.within, 10);
      if (within && days > 0) tests.push(function (row) { return row[within.at] <= days; });
      var found = [];
      for (var i = 0; i < rows.length; i++) {
        var row = rows[i];
        if (words.length && !words.every(function (w) { return texts[i].indexOf(w) >= 0; })) continue;
        if (tests.every(function (test) { return test(row); })) found.push(row);
      }
      return found;
    }

    function sorted(found) {
      var down = state.sort[0] === "-";
      var column = columns.find(function (c) { return c.key === state.sort.replace(/^-/, ""); });
      columns.forEach(function (c) {
        if (c === column) c.th.setAttribute("aria-sort", down ? "descending" : "ascending");
        else c.th.removeAttribute("aria-sort");
      });
      if (!column) return found;
      var keyed = found.map(function (row, at) { return [column.of.key(row[column.at]), at, row]; });
      keyed.sort(function (a, b) {
        var by = a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
        return (down ? -by : by) || a[1] - b[1];
      });
      return keyed.map(function (k) { return k[2]; });
    }

    function draw(changed) {
      var found = sorted(matching());
      var pages = Math.max(1, Math.ceil(found.length / PAGE));
      state.page = Math.min(state.page, pages);
      var from = (state.page - 1) * PAGE;
      body.replaceChildren.apply(body, found.slice(from, from + PAGE).map(function (row) {
        return el("tr", {}, columns.map(function (column) {
          var td = el("td", { class: "k-" + column.kind + (column.minor ? " minor" : "") });
          column.of.draw(row[column.at], td);
          return td;
        }));
      }));
      var all = found.length === rows.length ? "" : " (of " + rows.length + " in all)";
      shown.textContent = !found.length ? "Nothing matches" + all + "."
        : (pages > 1 ? from + 1 + " to " + Math.min(from + PAGE, found.length) + " of " + found.length
          : found.length + (found.length === 1 ? " entry" : " entries")) + all;
      if (!changed) controls.fill();
      drawPager(pages);
    }

    function drawPager(pages) {
      var focused = pager.contains(document.activeElement) && document.activeElement.textContent;
      pager.replaceChildren();
      pager.hidden = pages < 2;
      if (pages < 2) return;
      [["Previous", -1], ["Next", 1]].forEach(function (step, at) {
        var button = el("button", { type: "button" }, [step[0]]);
        button.disabled = state.page + step[1] < 1 || state.page + step[1] > pages;
        button.addEventListener("click", function () {
          change({ page: state.page + step[1] });
          box.scrollIntoView({ block: "start" });
        });
        if (at) pager.append(el("span", {}, ["Page " + state.page + " of " + pages]));
        pager.append(button);
        if (focused === step[0]) button.focus();
      });
    }
  }

  function copyButtons() {
    document.querySelectorAll("[data-copy]").forEach(function (node) {
      var text = node.dataset.copy || node.textContent;
      var button = el("button", { type: "button", class: "copy-button", "aria-label": "Copy " + text.slice(0, 60) }, ["copy"]);
      button.addEventListener("click", function () {
        function done(ok) {
          button.textContent = ok ? "copied" : "press Ctrl+C";
          setTimeout(function () { button.textContent = "copy"; }, 1600);
        }
        if (navigator.clipboard) navigator.clipboard.writeText(text).then(function () { done(true); }, function () { done(pick()); });
        else done(pick());
        // Where the clipboard is not to be had, as from a folder: select the text at least.
        function pick() { getSelection().selectAllChildren(node); return false; }
      });
      if (node.tagName === "PRE") node.prepend(button); else node.after(button);
    });
  }

  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    var find = document.querySelector(".filters input");
    if (event.key === "/" && find && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  });
  var here = document.querySelector("nav [aria-current]");
  if (here) here.scrollIntoView({ block: "nearest", inline: "center" });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () { opened.forEach(function (d) { d.open = false; }); });

  var box = document.querySelector("[data-list]");
  if (box && window.DULY_DATA) list(box, window.DULY_DATA);
  copyButtons();
})();
