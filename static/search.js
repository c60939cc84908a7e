// Offers what is in the site while somebody types into a search box. Without this script the box searches all the same.
const WAIT = 150, LONGEST = 40;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const box = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const kept = new Map();
  let timer, asked = "", active = -1;

  list.id = `${box.id}-list`;
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0].textContent);
  box.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) box.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const mark = (number) => {
    const options = [...list.children];
    active = (number + options.length + 1) % (options.length + 1);
    if (active === options.length) active = -1;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };

  const choose = (option) => {
    box.value = option.dataset.text;
    close();
    form.requestSubmit();
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map((one, place) => {
      const option = document.createElement("li"), text = document.createElement("span"), type = document.createElement("small");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = text.textContent = one.text;
      if (/[\u2e80-\u9fff]/.test(one.text)) text.lang = "zh-Hans";
      type.textContent = one.type;
      option.append(text, one.type ? " " : "", ...(one.type ? [type] : []));
      return option;
    }));
    if (!suggestions.length) return close();
    active = -1;
    list.hidden = false;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    const typed = box.value.trim().slice(0, LONGEST);
    asked = typed;
    if (!typed) return close();
    try {
      if (!kept.has(typed)) {
        const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, { credentials: "omit" });
        kept.set(typed, answer.ok ? (await answer.json()).suggestions : []);
      }
      if (asked === typed && document.activeElement === box) show(kept.get(typed));
    } catch {
      close();
    }
  };

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("compositionend", () => { timer = setTimeout(ask, WAIT); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); ask(); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? list.children.length - 1 : active - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) { event.preventDefault(); choose(list.children[active]); }
  });
  box.addEventListener("blur", () => setTimeout(close, WAIT));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}
