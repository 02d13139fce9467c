// A citation mark: <sup data-citation="N">N</sup>, N being the number of a row among the form's citations.

import { Node } from "django-prose-editor/editor"
import { choose, numbered, rows } from "newsroom/prose/choose"

export const Citation = Node.create({
  name: "citation",
  group: "inline",
  inline: true,
  atom: true,
  priority: 200, // before the plain superscript

  addOptions: () => ({ labels: {} }),

  addAttributes: () => ({ number: numbered("data-citation") }),

  parseHTML: () => [{ tag: "sup[data-citation]", priority: 100 }],

  renderHTML: ({ node, HTMLAttributes }) => ["sup", HTMLAttributes, String(node.attrs.number)],

  renderText: () => "",

  addMenuItems({ menu, buttons }) {
    const { labels } = this.options
    menu.defineItem({
      name: "citation",
      groups: "newsroom",
      priority: 80,
      button: buttons.text("[1]", labels.citation),
      active: (editor) => editor.isActive("citation"),
      async command(editor) {
        const number = await choose({
          title: labels.citation,
          label: labels.citationChoose,
          missing: labels.citationMissing,
          choices: rows("citations", ["source", "title"]),
          ok: labels.ok,
          cancel: labels.cancel,
        })
        if (number) editor.chain().focus().insertContent({ type: "citation", attrs: { number } }).run()
      },
    })
  },
})
