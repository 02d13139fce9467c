// Links: an address and nothing else, of the kinds that the body may hold.

import { Link, updateAttrsDialog } from "django-prose-editor/editor"

const ALLOWED = /^(https?:\/\/[^/?#@:\\]|mailto:[^/\\]|\/(?![/\\])|#)/i

export const Address = Link.extend({
  addOptions() {
    return { ...this.parent?.(), labels: {}, isAllowedUri: (address) => ALLOWED.test(address) }
  },

  addCommands() {
    const { labels } = this.options
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          const active = editor.isActive("link")
          if (editor.state.selection.empty && !active) return
          const ask = updateAttrsDialog(
            { href: { title: labels.address, required: true } },
            { title: labels.link, submitText: labels.ok },
          )
          ask(editor, { href: editor.getAttributes("link").href ?? "https://" }).then((answer) => {
            if (!answer || !ALLOWED.test(answer.href)) return
            const chain = editor.chain().focus()
            if (active) chain.extendMarkRange("link")
            chain.setLink({ href: answer.href, target: null, rel: null }).run()
          })
        },
    }
  },
})
