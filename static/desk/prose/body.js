// The editor of a story's body: builds it on each textarea that carries data-body.

import {
  BulletList,
  Bold,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  Italic,
  ListItem,
  Menu,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  crel,
} from "django-prose-editor/editor"
import { Citation } from "newsroom/prose/citation"
import { Languages, Passage } from "newsroom/prose/language"
import { Address } from "newsroom/prose/link"
import { Photograph } from "newsroom/prose/picture"
import { Quotation } from "newsroom/prose/quote"
import { Grid } from "newsroom/prose/table"

const GROUPS = [
  { group: "blockType -lists", type: "dropdown", minItems: 2 },
  { group: "marks" },
  { group: "lists" },
  { group: "link" },
  { group: "newsroom" },
  { group: "table" },
  { group: "history" },
]

const EMPTY = /^<(\w+)(\s[^>]*)?><\/\1>$/i

function extensions(labels) {
  return [
    Document,
    Paragraph,
    Text,
    Heading.configure({ levels: [2, 3] }),
    Bold,
    Italic,
    Subscript,
    Superscript,
    BulletList,
    OrderedList.configure({ enableListAttributes: false }),
    ListItem,
    HardBreak,
    HorizontalRule,
    Dropcursor,
    Gapcursor,
    History,
    Grid.configure({ labels }),
    TableRow,
    TableHeader,
    TableCell,
    Address.configure({ labels, enableTarget: false, autolink: false }),
    Languages,
    Passage.configure({ labels }),
    Citation.configure({ labels }),
    Quotation.configure({ labels }),
    Photograph.configure({ labels }),
    Menu.configure({ groups: GROUPS }),
  ]
}

// What a screen reader is told of the editable area: the field's own label, help and errors.
function described(textarea) {
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  if (label && !label.id) label.id = `${textarea.id}_label`
  const attributes = { role: "textbox", "aria-multiline": "true", spellcheck: "true" }
  if (label) attributes["aria-labelledby"] = label.id
  const help = textarea.getAttribute("aria-describedby")
  if (help) attributes["aria-describedby"] = help
  if (textarea.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true"
  if (textarea.lang) attributes.lang = textarea.lang
  return attributes
}

// The library names its buttons in English; ours come with the page, in the user's language.
function nameButtons(editor, holder, labels) {
  const bar = holder.querySelector(".prose-menubar")
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", labels.toolbar)
  const name = (button, label) => {
    button.title = label
    button.setAttribute("aria-label", label)
  }
  const items = Object.values(editor.storage.menu._definedItems).filter((item) => labels[item.name])
  for (const item of items) if (item.button) name(item.button, labels[item.name])
  for (const option of bar.querySelectorAll(".prose-menubar__option")) {
    option.firstElementChild.textContent = labels[option.dataset.name] ?? option.textContent
  }
  const shown = bar.querySelector(".prose-menubar__selected > button")
  const kind = items.find((item) => item.groups.has("blockType") && item.active(editor))
  if (shown && kind) name(shown, labels[kind.name])
}

function tellPressed(holder) {
  for (const button of holder.querySelectorAll(".prose-menubar__button[data-name]")) {
    if (button.closest(".prose-menubar__dropdown")) continue
    button.setAttribute("aria-pressed", button.classList.contains("active"))
  }
}

export function build(textarea) {
  const labels = JSON.parse(textarea.dataset.body)
  const holder = crel("div", { className: "prose-editor" })
  textarea.before(holder)
  holder.append(textarea)
  const editor = new Editor({
    element: holder,
    injectCSS: false, // its style element would have no nonce; article.css holds the same rules
    extensions: extensions(labels),
    content: textarea.value,
    editorProps: { attributes: described(textarea) },
    onUpdate({ editor }) {
      const html = editor.getHTML()
      textarea.value = EMPTY.test(html) ? "" : html
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
    onCreate({ editor }) {
      nameButtons(editor, holder, labels)
      tellPressed(holder)
    },
    onTransaction() {
      tellPressed(holder)
    },
  })
  textarea.form?.elements.language?.addEventListener("change", (event) => {
    editor.view.dom.lang = event.target.value
  })
  textarea.newsroomEditor = editor
  textarea.dispatchEvent(new CustomEvent("body:ready", { detail: { editor }, bubbles: true }))
  return editor
}

for (const textarea of document.querySelectorAll("textarea[data-body]")) build(textarea)
