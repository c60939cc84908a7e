// What Django's scripts draw without a name for those who listen: the boxes of pickers, the hints of list pairs.
const label = (select) => {
  const tag = select.labels?.[0];
  if (tag && !tag.id) tag.id = `${select.id}_label`;
  return tag?.id;
};

const name = (box) => {
  const select = box.closest(".select2-container")?.previousElementSibling;
  const id = select?.matches?.("select") ? label(select) : null;
  if (!id) return;
  for (const part of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) {
    const own = part.classList.contains("select2-selection__rendered") ? ` ${part.id}` : "";
    part.setAttribute("aria-labelledby", `${id}${own}`);
  }
};

const nameAll = () => {
  document.querySelectorAll(".select2-container").forEach(name);
  document.querySelectorAll(".selector span[aria-label]:not([role])").forEach((hint) => hint.setAttribute("role", "img"));
};
new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true });
nameAll();
