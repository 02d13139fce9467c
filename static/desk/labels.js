/* Names what Django's own widgets leave nameless for assistive technology: the search boxes of Select2. */
const name = () => {
  document.querySelectorAll(".select2-search__field:not([aria-label])").forEach((field) => {
    const select = field.closest(".select2")?.previousElementSibling;
    const open = document.querySelector(".select2-container--open")?.previousElementSibling;
    const id = (select ?? open)?.id;
    const label = id && document.querySelector(`label[for="${CSS.escape(id)}"]`);
    field.setAttribute("aria-label", label?.textContent.trim() || document.title);
  });
  document.querySelectorAll(".select2-selection:not([data-named])").forEach((box) => {
    const select = box.closest(".select2")?.previousElementSibling;
    const label = select?.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    box.dataset.named = "";
    if (label) box.setAttribute("aria-label", label.textContent.trim());
  });
};

new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
name();
