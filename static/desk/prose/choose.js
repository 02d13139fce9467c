// Asking for the number of a quote, a source or a picture: a dialog with the rows of the form that have one.

import { crel } from "django-prose-editor/editor"

const shorten = (text) => (text.length > 70 ? `${text.slice(0, 69)}…` : text)

// What a row is called: the text of its first chosen option or typed words that say something.
function called(row, fields) {
  const parts = []
  for (const name of fields) {
    const field = row.querySelector(`[name$="-${name}"]`)
    if (!field) continue
    const text = field.tagName === "SELECT" ? field.selectedOptions[0]?.textContent : field.value
    if (text?.trim() && field.value) parts.push(text.trim())
  }
  return shorten(parts.join(": "))
}

// The rows of an inline that carry a number and are not about to be deleted, as [number, what it says].
export function rows(prefix, fields) {
  const found = []
  for (const row of document.querySelectorAll(`#${prefix}-group .inline-related:not(.empty-form)`)) {
    const number = row.querySelector('[name$="-number"]')?.value
    if (!number || row.querySelector('[name$="-DELETE"]')?.checked) continue
    const name = called(row, fields)
    found.push([number, name ? `${number}. ${name}` : number])
  }
  return found
}

// Resolves to the value chosen, "" for none of them, or null when given up.
export function choose({ title, label, choices, none, missing, ok, cancel }) {
  return new Promise((resolve) => {
    const select = crel("select", { required: !none })
    if (none) select.append(new Option(none, ""))
    for (const [value, name] of choices) select.append(new Option(name, value))
    const usable = choices.length || none
    const accept = crel("button", { type: "submit", value: "ok", textContent: ok, hidden: !usable })
    const leave = crel("button", { type: "submit", value: "", textContent: cancel, formNoValidate: true })
    const heading = crel("h3", { className: "prose-editor-dialog-title", textContent: title })
    const said = crel("p", { className: "prose-editor-dialog-field" })
    if (usable) {
      const name = crel("label", { textContent: label })
      name.append(select)
      said.append(name)
    } else said.textContent = missing
    const buttons = crel("div", { className: "prose-editor-dialog-buttons" }, [accept, leave])
    const dialog = crel("dialog", { className: "prose-editor-dialog" }, [
      crel("form", { method: "dialog" }, [heading, said, buttons]),
    ])
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(dialog.returnValue === "ok" ? select.value : null)
    })
    document.body.append(dialog)
    dialog.showModal()
  })
}

export const numbered = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes.number ? { [name]: attributes.number } : {}),
})
