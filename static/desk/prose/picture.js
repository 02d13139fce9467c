// A picture's place in the text: <figure data-picture="N"></figure>, N being the number of a row among the pictures.

import { Node } from "django-prose-editor/editor"
import { choose, numbered, rows } from "newsroom/prose/choose"

const FIELDS = ["picture", "caption"]

export const Photograph = Node.create({
  name: "photograph",
  group: "block",
  atom: true,
  draggable: true,

  addOptions: () => ({ labels: {} }),

  addAttributes: () => ({ number: numbered("data-picture") }),

  parseHTML: () => [{ tag: "figure[data-picture]" }],

  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes],

  renderText: () => "",

  addNodeView() {
    const { labels } = this.options
    return ({ node }) => {
      const dom = document.createElement("figure")
      const name = rows("pictures", FIELDS).find(([number]) => number === node.attrs.number)?.[1]
      dom.dataset.picture = node.attrs.number
      dom.textContent = `${labels.pictureHere} ${name ?? node.attrs.number}`
      dom.contentEditable = "false"
      return { dom }
    }
  },

  addMenuItems({ menu, buttons }) {
    const { labels } = this.options
    menu.defineItem({
      name: "photograph",
      groups: "newsroom",
      priority: 70,
      button: buttons.material("image", labels.picture),
      active: (editor) => editor.isActive("photograph"),
      async command(editor) {
        const number = await choose({
          title: labels.picture,
          label: labels.pictureChoose,
          missing: labels.pictureMissing,
          choices: rows("pictures", FIELDS),
          ok: labels.ok,
          cancel: labels.cancel,
        })
        if (!number) return
        // With a paragraph after it, so that one can write on; an empty one is not kept.
        const place = { type: "photograph", attrs: { number } }
        editor.chain().focus().insertContent([place, { type: "paragraph" }]).run()
      },
    })
  },
})
