"use strict";
// All that the pages do by themselves; each of them works without it.

for (const time of document.querySelectorAll("time[datetime]")) {
  time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

for (const all of document.querySelectorAll("[data-all]")) {
  all.addEventListener("change", () => {
    for (const box of all.form.elements.ticket.forEach ? all.form.elements.ticket : [all.form.elements.ticket]) {
      box.checked = all.checked;
    }
  });
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => form.setAttribute("aria-busy", "true"));
}

for (const person of document.querySelectorAll("[data-sign-in]")) {
  person.addEventListener("click", () => {
    const form = document.querySelector("form[action='/login']");
    form.elements.username.value = person.dataset.email;
    form.elements.password.value = "counterfoil";
    form.querySelector("button").focus();
  });
}
