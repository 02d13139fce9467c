// A quotation that stands alone: <blockquote data-quote="N">, N being the number of a row among the form's quotes.

import { Blockquote } from "django-prose-editor/editor"
import { choose, numbered, rows } from "newsroom/prose/choose"

export const Quotation = Blockquote.extend({
  addOptions() {
    return { ...this.parent?.(), labels: {} }
  },

  addAttributes() {
    return { ...this.parent?.(), number: numbered("data-quote") }
  },

  addMenuItems({ menu, buttons }) {
    const { labels } = this.options
    menu.defineItem({
      name: "quotation",
      groups: "newsroom",
      priority: 90,
      button: buttons.material("format_quote", labels.quotation),
      active: (editor) => editor.isActive("blockquote"),
      async command(editor) {
        if (editor.isActive("blockquote")) {
          editor.chain().focus().unsetBlockquote().run()
          return
        }
        const number = await choose({
          title: labels.quotation,
          label: labels.quotationChoose,
          none: labels.quotationNone,
          choices: rows("quotes", ["person", "description", "words"]),
          ok: labels.ok,
          cancel: labels.cancel,
        })
        if (number === null) return
        editor.chain().focus().setBlockquote().updateAttributes("blockquote", { number: number || null }).run()
      },
    })
  },
})
