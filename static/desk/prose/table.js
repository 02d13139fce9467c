// Tables: the library's, asking for its size in the user's language.

import { Table, updateAttrsDialog } from "django-prose-editor/editor"

const whole = (text, otherwise) => Math.min(Math.max(Number.parseInt(text, 10) || otherwise, 1), 50)

export const Grid = Table.extend({
  addOptions() {
    return { ...this.parent?.(), labels: {} }
  },

  addCommands() {
    const { labels } = this.options
    const size = { type: "number", format: "number", min: "1", max: "50" }
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ editor }) => {
          const ask = updateAttrsDialog(
            {
              rows: { ...size, title: labels.tableRows },
              cols: { ...size, title: labels.tableColumns },
              withHeaderRow: { type: "boolean", title: labels.tableHeader },
            },
            { title: labels.table, submitText: labels.ok },
          )
          ask(editor, { rows: "3", cols: "3", withHeaderRow: true }).then((answer) => {
            if (!answer) return
            const { withHeaderRow } = answer
            const [rows, cols] = [whole(answer.rows, 3), whole(answer.cols, 3)]
            editor.chain().focus().insertTable({ rows, cols, withHeaderRow }).run()
          })
        },
    }
  },
})
