// The editors' admin: fills the panel "Size and hints" of an edit form, and again whenever the draft was saved.
(function () {
  "use strict";
  var PAUSE = 1500;
  var timer = null;

  function findPage(panel) {
    var inAddress = /\/pages\/(\d+)\/edit\//.exec(location.pathname);
    return inAddress ? inAddress[1] : panel.dataset.page;
  }

  function fill(panel) {
    var page = findPage(panel);
    if (!page) return;
    var open = Array.prototype.map.call(panel.querySelectorAll("details"), function (each) { return each.open; });
    fetch(panel.dataset.aids.replace("/0/", "/" + page + "/") + "?part=1", { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : null; })
      .then(function (html) {
        if (html === null) return;
        panel.innerHTML = html;
        panel.querySelectorAll("details").forEach(function (each, index) { each.open = Boolean(open[index]); });
      })
      .catch(function () {});
  }

  function fillAll() {
    document.querySelectorAll("[data-aids]").forEach(fill);
  }

  document.addEventListener("DOMContentLoaded", fillAll);
  document.addEventListener("w-autosave:success", function () {
    clearTimeout(timer);
    timer = setTimeout(fillAll, PAUSE);
  });
})();
