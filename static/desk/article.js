// The form of a story: what lives while one types. Without it the form works; counts are those last saved.

const form = document.getElementById("article_form")
const body = document.getElementById("id_body")
let changed = false

// Unsaved text is not left by mistake.

function nowChanged() {
  changed = true
  for (const sign of document.querySelectorAll("[data-unsaved]")) sign.hidden = false
}

// More than the server reads is not sent: it would be lost there.

function isTooLarge() {
  const said = document.querySelector("[data-most-bytes]")
  if (!said) return false
  const encoder = new TextEncoder()
  let bytes = 0
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") bytes += encoder.encode(name).length + encoder.encode(value).length + 2
  }
  said.hidden = bytes <= Number(said.dataset.mostBytes)
  if (!said.hidden) said.focus()
  return !said.hidden
}

if (form?.querySelector('[name="_save"]')) {
  form.addEventListener("input", nowChanged)
  form.addEventListener("change", nowChanged)
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent || isTooLarge()) event.preventDefault()
    else {
      form.dataset.sent = "yes"
      changed = false
    }
  })
  window.addEventListener("pageshow", () => delete form.dataset.sent)
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault()
  })
  if (document.querySelector(".newer, .errornote")) nowChanged()
}

// Words and characters, as the server counts them.

const bodyText = () => {
  const editor = body?.newsroomEditor
  if (editor) return editor.state.doc.textBetween(0, editor.state.doc.content.size, "\n", "")
  return new DOMParser().parseFromString(body?.value ?? "", "text/html").body.textContent
}

function count() {
  const tokens = bodyText().normalize("NFC").split(/\s+/).filter(Boolean)
  const counts = {
    words: tokens.filter((token) => /[\p{L}\p{N}]/u.test(token)).length,
    characters: [...tokens.join(" ")].length,
  }
  for (const output of document.querySelectorAll("output[data-count]")) output.value = counts[output.dataset.count]
}

if (body) {
  body.addEventListener("input", count)
  body.addEventListener("body:ready", count)
  if (body.newsroomEditor) count()
}

// The place of a finding.

function inEditor(editor, excerpt) {
  let found = null
  editor.state.doc.descendants((node, position) => {
    if (found || !node.isTextblock) return !found
    const at = node.textContent.indexOf(excerpt)
    if (at >= 0) found = { from: within(node, position, at), to: within(node, position, at + excerpt.length) }
    return false
  })
  return found
}

// A block's text leaves out its marks, which take a place each: from an offset in the text to one in the document.
function within(block, position, offset) {
  let left = offset
  let place = position + 1
  block.forEach((child, at) => {
    if (left < 0) return
    if (!child.isText) return
    if (left <= child.text.length) {
      place = position + 1 + at + left
      left = -1
    } else left -= child.text.length
  })
  return place
}

function inputs(name) {
  const one = form?.elements[name] ?? document.getElementById(`id_${name}`)
  if (one && "value" in one) return [one]
  return [...document.querySelectorAll(`#${CSS.escape(name)}-group :is(input[type="text"], input[type="url"], textarea)`)]
}

const holding = (name, excerpt) => inputs(name).find((input) => input.value.includes(excerpt)) ?? inputs(name)[0]

function show(name, excerpt) {
  const editor = name === "body" && body?.newsroomEditor
  if (editor) {
    const range = excerpt && inEditor(editor, excerpt)
    const chain = editor.chain().focus()
    if (range) chain.setTextSelection(range)
    chain.scrollIntoView().run()
    return true
  }
  const input = holding(name, excerpt)
  if (!input) return false
  for (let box = input.closest("details"); box; box = box.parentElement.closest("details")) box.open = true
  input.focus()
  const at = excerpt ? input.value.indexOf(excerpt) : -1
  if (at >= 0 && input.setSelectionRange) input.setSelectionRange(at, at + excerpt.length)
  input.scrollIntoView({ block: "center" })
  return true
}

function replace(name, excerpt, suggestion) {
  const editor = name === "body" && body?.newsroomEditor
  if (editor) {
    const range = inEditor(editor, excerpt)
    if (range) editor.chain().focus().insertContentAt(range, suggestion).run()
    return Boolean(range)
  }
  const input = inputs(name).find((candidate) => candidate.value.includes(excerpt))
  if (!input) return false
  input.value = input.value.replace(excerpt, suggestion)
  input.dispatchEvent(new Event("input", { bubbles: true }))
  input.focus()
  return true
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-finding]")
  if (link && show(link.dataset.field, link.dataset.excerpt)) event.preventDefault()
  const button = event.target.closest("[data-replace]")
  if (button && replace(button.dataset.field, button.dataset.excerpt, button.dataset.suggestion)) {
    button.closest(".finding").classList.add("replaced")
    button.disabled = true
  }
})
for (const button of document.querySelectorAll("[data-replace]")) button.hidden = false

// A new row gets the next free number at once, so that the body can refer to it before it is saved.

document.addEventListener("formset:added", (event) => {
  const own = event.target.querySelector('[name$="-number"]')
  if (!own || own.value) return
  const group = event.target.closest(".inline-group")
  const taken = [...group.querySelectorAll('.inline-related:not(.empty-form) [name$="-number"]')]
  own.value = Math.max(0, ...taken.map((input) => Number(input.value) || 0)) + 1
})

// Small forms beside the story are sent without leaving it.

document.addEventListener("submit", async (event) => {
  const small = event.target
  if (!small.matches("form[data-aside]") || small.dataset.plain) return
  event.preventDefault()
  let answer
  try {
    const sent = await fetch(small.action, {
      method: "POST",
      body: new FormData(small),
      headers: { Accept: "application/json" },
    })
    answer = await sent.json()
  } catch {
    small.dataset.plain = "yes"
    small.requestSubmit()
    return
  }
  let said = small.querySelector(".errornote")
  if (answer.error) {
    if (!said) {
      said = document.createElement("p")
      said.className = "errornote"
      said.setAttribute("role", "alert")
      small.prepend(said)
    }
    said.textContent = answer.error
  } else {
    const item = small.closest(".finding, .comment")
    item.classList.add(item.matches(".finding") ? "waived" : "resolved")
    ;(small.closest("details") ?? small).remove()
    item.tabIndex = -1
    item.focus()
  }
})
