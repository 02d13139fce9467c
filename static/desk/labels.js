/* Names what Django's own widgets leave nameless for assistive technology: the search boxes of Select2, and the
   fields of inline rows, whose only label is the head of their column. */
const labelOf = (id) => id && document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent.trim();
const selectBefore = (element) => element?.closest(".select2")?.previousElementSibling;

const nameSelects = () => {
  document.querySelectorAll(".select2-search__field:not([aria-label])").forEach((field) => {
    const open = document.querySelector(".select2-container--open:not(body > *)");
    const label = labelOf((selectBefore(field) ?? selectBefore(open))?.id);
    field.setAttribute("aria-label", label || document.title.trim());
  });
  document.querySelectorAll(".select2-selection:not([data-named])").forEach((box) => {
    const label = labelOf(selectBefore(box)?.id);
    box.dataset.named = "";
    if (!label) return;
    box.setAttribute("aria-label", label);
    box.querySelector("[role=textbox]")?.setAttribute("aria-label", label); // says nothing while empty
  });
};

const nameColumns = () => {
  document.querySelectorAll(".tabular.inline-related table").forEach((table) => {
    const heads = [...table.tHead.querySelectorAll("th")];
    const names = heads.flatMap((head) => Array(head.colSpan).fill(head.textContent.trim()));
    const title = table.closest("fieldset, .inline-group")?.querySelector("h2, summary")?.textContent.trim();
    heads.filter((head) => !head.textContent.trim()).forEach((head) => {
      const hidden = document.createElement("span");
      hidden.className = "visually-hidden";
      hidden.textContent = title || "—";
      head.append(hidden);
    });
    table.querySelectorAll("tbody td").forEach((cell) => {
      cell.querySelectorAll("input:not([type=hidden], [aria-label]), select:not([aria-label]), textarea:not([aria-label])").forEach((field) => {
        cell.dataset.label = names[cell.cellIndex];
        if (!field.labels?.length) field.setAttribute("aria-label", names[cell.cellIndex]);
      });
    });
  });
};

const nameAll = () => {
  nameSelects();
  nameColumns();
};
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
