"use strict";
// Choices about lines and dates: kept in this browser while they are made, and saved as a file.
// Text enters the page as text only; nothing here makes markup of data.
(() => {
  const byId = (id) => document.getElementById(id);
  const items = [...document.querySelectorAll(".item")];
  const key = "debar-review-" + document.body.dataset.made + "-" + items.map((item) => item.dataset.line).join(",").slice(0, 200);
  const store = {
    read() { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } },
    write(value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a browser that keeps nothing: saving as a file still works */ } },
  };
  const kept = store.read();
  const choices = kept.choices || {};
  const name = byId("by");
  name.value = kept.by || "";

  const placed = (item) => item.dataset.story + " " + item.dataset.line;
  const isWhole = (one) => one && (one.choice !== "edit" || one.value.trim() !== "");
  const tell = () => {
    const made = items.filter((item) => isWhole(choices[placed(item)])).length;
    const left = items.length - made;
    byId("progress").textContent = items.length === 0 ? "Nothing to decide" : left ? made + " of " + items.length + " decided" : "Reading complete: " + made + " decided";
    byId("progress").parentElement.classList.toggle("complete", left === 0 && made > 0);
    byId("bar").value = made;
    byId("save").disabled = made === 0;
    store.write({ by: name.value, choices });
  };

  const words = (fields, one) => {
    const radio = [...fields.querySelectorAll("input[type=radio]")].find((each) => each.value === one.choice);
    const said = (radio ? radio.nextElementSibling.textContent : one.choice) + (one.choice === "edit" ? ": " + one.value : "");
    return said + (one.reason ? " (" + one.reason + ")" : "");
  };

  for (const item of items) {
    const fields = item.querySelector(".choose");
    const right = fields.querySelector(".right");
    const edited = fields.querySelector(".edited");
    const why = fields.querySelector(".why");
    const reason = fields.querySelector(".reason");
    fields.disabled = false;
    const draw = () => {
      const one = choices[placed(item)];
      item.classList.toggle("chosen", Boolean(isWhole(one)));
      item.dataset.chosen = isWhole(one) ? words(fields, one) : "";
      if (right) right.hidden = !one || one.choice !== "edit";
      why.hidden = !one || one.choice === "accept"; // what is taken over as it stands needs no reason
    };
    const before = choices[placed(item)];
    if (before) {
      const radio = [...fields.querySelectorAll("input[type=radio]")].find((one) => one.value === before.choice);
      if (radio) radio.checked = true;
      if (edited) edited.value = before.value;
      reason.value = before.reason || "";
    }
    fields.addEventListener("input", () => {
      const radio = fields.querySelector("input:checked");
      if (radio) choices[placed(item)] = {
        choice: radio.value,
        value: radio.value === "edit" ? edited.value.trim() : "",
        reason: radio.value === "accept" ? "" : reason.value.trim(),
      };
      draw();
      tell();
      if (right && !right.hidden && radio === document.activeElement && radio.value === "edit") edited.focus();
    });
    draw();
  }
  name.addEventListener("input", tell);
  tell();

  byId("save").addEventListener("click", () => {
    const made = items.filter((item) => isWhole(choices[placed(item)])).map((item) => ({
      story: item.dataset.story, line: item.dataset.line, by: name.value, ...choices[placed(item)],
    }));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(made, null, 1) + "\n"], { type: "application/json" }));
    link.download = "choices.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000); // some browsers begin to save after the click is over
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-fact]");
    if (!link) return;
    document.querySelectorAll("mark.hit").forEach((mark) => mark.classList.remove("hit"));
    for (const mark of document.querySelectorAll("mark[data-facts]"))
      if (mark.dataset.facts.split(" ").includes(link.dataset.fact)) mark.classList.add("hit");
  });
})();
