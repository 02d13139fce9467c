// Passages in another language: lang and dir on blocks, and on a span for a few words.

import { Extension, Mark } from "django-prose-editor/editor"
import { choose } from "newsroom/prose/choose"

const BLOCKS = [
  "paragraph",
  "heading",
  "blockquote",
  "bulletList",
  "orderedList",
  "listItem",
  "table",
  "tableRow",
  "tableHeader",
  "tableCell",
]
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "yi"])

const kept = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
})

export const Languages = Extension.create({
  name: "languages",
  addGlobalAttributes: () => [{ types: BLOCKS, attributes: { lang: kept("lang"), dir: kept("dir") } }],
})

export const Passage = Mark.create({
  name: "passage",

  addOptions: () => ({ labels: {} }),

  addAttributes: () => ({ lang: kept("lang"), dir: kept("dir") }),

  parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],

  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],

  addMenuItems({ menu, buttons }) {
    const { labels } = this.options
    menu.defineItem({
      name: "passage",
      groups: "newsroom",
      priority: 60,
      button: buttons.material("translate", labels.passage),
      active: (editor) => editor.isActive("passage"),
      enabled: (editor) => !editor.state.selection.empty || editor.isActive("passage"),
      async command(editor) {
        const lang = await choose({
          title: labels.passage,
          label: labels.passageChoose,
          none: labels.passageNone,
          choices: labels.languages,
          ok: labels.ok,
          cancel: labels.cancel,
        })
        if (lang === null) return
        const chain = editor.chain().focus().extendMarkRange("passage")
        const dir = RIGHT_TO_LEFT.has(lang.split("-")[0]) ? "rtl" : null
        if (lang) chain.setMark("passage", { lang, dir }).run()
        else chain.unsetMark("passage").run()
      },
    })
  },
})
