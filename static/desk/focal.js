/* Sets a picture's focal point by a click on it. Without this script the two number fields do the same. */
const frame = document.querySelector("[data-focal]");
const fields = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`));

if (frame && fields.every(Boolean)) {
  const marker = document.createElement("span");
  marker.className = "focal-marker";
  marker.setAttribute("aria-hidden", "true");
  frame.append(marker);

  const show = () => {
    const [x, y] = fields.map((field) => Math.min(1, Math.max(0, Number.parseFloat(field.value) || 0)));
    marker.style.insetInlineStart = `${x * 100}%`;
    marker.style.insetBlockStart = `${y * 100}%`;
  };

  frame.addEventListener("click", (event) => {
    const box = frame.querySelector("img").getBoundingClientRect();
    const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    at.forEach((value, index) => {
      fields[index].value = Math.min(1, Math.max(0, value)).toFixed(3);
      fields[index].dispatchEvent(new Event("change", { bubbles: true }));
    });
    show();
  });
  fields.forEach((field) => field.addEventListener("input", show));
  frame.classList.add("focal-ready");
  show();
}
