// The workbench: keys, saving as one goes, and what others do meanwhile. Without it the page is a plain form.

const bench = document.querySelector("[data-workbench]")
const list = bench.querySelector("[data-segments]")
const beside = bench.querySelector("[data-beside]")
const panel = bench.querySelector("[data-panel]")
const keys = bench.querySelector("[data-keys]")
const writes = "writes" in bench.dataset
const say = bench.dataset
const address = bench.dataset.address
const WAIT = 1200 // milliseconds after the last key until a text is saved
const LOOK = 10_000 // between two looks at what others did
const IDLE = 5 * 60_000 // who does nothing for so long is asked no more, so that a session can end
const MARK = /<\/?[1-9][0-9]{0,3}>|<[1-9][0-9]{0,3}\/>/g
const narrow = window.matchMedia("(max-width: 1099px)")

let token = bench.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""
let since = bench.dataset.since
let active = Date.now()
let current = null
let leaving = false

bench.classList.add("with-script")
for (const button of bench.querySelectorAll("[data-open-keys]")) button.hidden = false

// Rows, and what the script remembers of each: its text as it is stored, where that came from, what is on its way

const memos = new Map()
const rowOf = (id) => list.querySelector(`[data-segment="${id}"]`)
const idOf = (row) => row.dataset.segment
const fieldOf = (row) => row.querySelector("textarea")
const rows = () => [...list.querySelectorAll("[data-segment]")]

function memoOf(row) {
  const id = idOf(row)
  if (!memos.has(id)) memos.set(id, { stored: fieldOf(row).defaultValue, key: "", busy: null, timer: 0, failed: false })
  return memos.get(id)
}

const isDirty = (row) => writes && fieldOf(row).value !== memoOf(row).stored
const dirty = () => rows().filter(isDirty)

function tell(row, text, failed = false) {
  const said = row.querySelector("[data-saved]")
  said.textContent = text
  said.classList.toggle("alarm", failed)
}

function announce(text) {
  bench.querySelector("[data-said]").textContent = text
}

function notice(text) {
  const box = bench.querySelector("[data-notice]")
  box.textContent = text
  box.hidden = !text
}

// The marks in a field are coloured by a mirror behind it, which also makes it as high as its text

function paint(row) {
  const field = fieldOf(row)
  const parts = []
  let end = 0
  for (const found of field.value.matchAll(MARK)) {
    const chip = document.createElement("mark")
    chip.textContent = found[0]
    parts.push(field.value.slice(end, found.index), chip)
    end = found.index + found[0].length
  }
  field.previousElementSibling.replaceChildren(...parts, `${field.value.slice(end)}\n`)
}

// Saving. One act at a time on one segment; what is typed meanwhile is saved after it.

async function send(row, act, told = {}, chosen = false) {
  const memo = memoOf(row)
  clearTimeout(memo.timer)
  if (row.querySelector("[data-theirs]") && !chosen) return false // two texts: somebody has to choose
  while (memo.busy) await memo.busy
  memo.busy = ask(row, act, told)
  try {
    return await memo.busy
  } finally {
    memo.busy = null
  }
}

async function ask(row, act, told) {
  const memo = memoOf(row)
  const text = fieldOf(row).value
  const body = { act, version: row.dataset.version, target: text, key: memo.key, since, ...told }
  tell(row, say.saySaving)
  let answer
  try {
    answer = await post(`${address}${idOf(row)}/`, body)
  } catch (error) {
    memo.failed = true
    tell(row, error.message, true)
    return false
  }
  memo.failed = false
  if (answer.status === 200) {
    memo.stored = text
    memo.key = ""
  }
  take(answer, answer.status === 200 && act !== "save" && act !== "confirm" ? idOf(row) : "")
  if (!answer.error) tell(row, answer.saved)
  else if (isDirty(row)) tell(row, `${say.sayRefused} ${answer.error}`, true)
  else tell(row, row.querySelector(".segment-fault") ? say.sayUnconfirmed : `${say.sayUnconfirmed} ${answer.error}`, true)
  if (row === current) row.querySelector("[data-theirs]")?.scrollIntoView({ block: "nearest" })
  return answer.status === 200
}

async function post(where, body, again = true) {
  let response
  try {
    response = await fetch(where, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
      body: JSON.stringify(body),
      keepalive: true,
    })
  } catch {
    throw new Error(say.sayOffline)
  }
  if (response.redirected) throw new Error(say.saySignedOut)
  const isJson = response.headers.get("Content-Type")?.includes("json")
  if (isJson) return { ...(await response.json()), status: response.status }
  if (response.status === 403 && again && (await look())) return post(where, body, false)
  throw new Error(say.sayFailed)
}

const save = (row) => (isDirty(row) ? send(row, "save") : Promise.resolve(true))
const saveAll = () => Promise.all(dirty().map(save))

function soon(row) {
  const memo = memoOf(row)
  clearTimeout(memo.timer)
  memo.timer = setTimeout(() => save(row), WAIT)
}

// What the newsroom answers: rows drawn anew. A text that somebody is typing stays.

function take(answer, renewed = "") {
  since = answer.since
  token = answer.token
  bench.querySelector("[data-progress]").innerHTML = answer.progress
  for (const drawn of answer.rows) {
    const row = rowOf(drawn.id)
    if (row && (Number(row.dataset.version) < drawn.version || row.querySelector("[data-theirs]") || drawn.html.includes("data-theirs"))) {
      renew(row, drawn, renewed === String(drawn.id))
    }
  }
  people(answer.others)
  if (answer.shape !== bench.dataset.shape) notice(say.sayRecut)
}

function renew(row, drawn, whole) {
  const box = document.createElement("template")
  box.innerHTML = drawn.html.trim()
  const fresh = box.content.querySelector("[data-segment]")
  const typing = isDirty(row) && !whole
  const theirs = fresh.querySelector("[data-theirs]")
  const ours = memos.get(idOf(row))?.busy
  if (typing && !theirs && !ours) return // it will be told when it saves
  const wasOpen = row === current
  for (const { name } of [...row.attributes]) {
    if (!["class", "aria-current", "hidden"].includes(name) && !fresh.hasAttribute(name)) row.removeAttribute(name)
  }
  for (const { name, value } of [...fresh.attributes]) if (name !== "class") row.setAttribute(name, value)
  row.querySelector(".segment-source").replaceWith(fresh.querySelector(".segment-source"))
  const cell = row.querySelector(".segment-target")
  const kept = cell.querySelector(".grow")
  const refocus = cell.contains(document.activeElement) && !kept?.contains(document.activeElement)
  for (const part of [...cell.children]) if (part !== kept && part.tagName !== "LABEL") part.remove()
  for (const part of [...fresh.querySelector(".segment-target").children]) {
    if (part.tagName !== "LABEL" && !part.matches(".grow")) cell.append(part)
  }
  if (kept && !typing) {
    const field = fieldOf(row)
    const text = fieldOf(fresh).value
    const memo = memoOf(row)
    if (whole || text !== field.value.trim()) field.value = text
    memo.stored = field.value
    paint(row)
  } else if (kept && !theirs && fieldOf(fresh).value === fieldOf(row).value.trim()) {
    memoOf(row).stored = fieldOf(row).value // kept as a draft, though it could not be confirmed
  }
  if (refocus) fieldOf(row)?.focus()
  row.classList.toggle("current", wasOpen)
}

// Others: who is here, and what they changed

function people(others) {
  const box = bench.querySelector("[data-others]")
  box.textContent = others.length ? `${say.sayHere} ${others.map((other) => other.name).join(", ")}` : ""
  for (const sign of list.querySelectorAll("[data-here]")) if (sign.textContent) sign.textContent = ""
  for (const other of others) {
    const sign = rowOf(other.segment)?.querySelector("[data-here]")
    if (sign) sign.textContent = other.said
  }
}

async function look() {
  const asked = new URLSearchParams({ since, at: current ? idOf(current) : "" })
  try {
    const response = await fetch(`${address}since/?${asked}`, { headers: { Accept: "application/json" } })
    if (!response.ok || response.redirected) return false
    take(await response.json())
    return true
  } catch {
    return false
  }
}

async function watch() {
  const failed = rows().filter((row) => memos.get(idOf(row))?.failed && isDirty(row))
  if (document.visibilityState === "visible" && Date.now() - active < IDLE) {
    await look()
    for (const row of failed) await save(row)
  }
}

setInterval(watch, LOOK)
window.addEventListener("focus", watch)
window.addEventListener("online", watch)

// The current segment, and what stands beside it

function setCurrent(row) {
  if (row === current) return
  current?.classList.remove("current")
  current?.removeAttribute("aria-current")
  current = row
  row.classList.add("current")
  row.setAttribute("aria-current", "true")
  askBeside(row)
}

let asked = 0

function askBeside(row) {
  clearTimeout(asked)
  asked = setTimeout(() => loadBeside(row), 150)
}

async function loadBeside(row) {
  try {
    const response = await fetch(`${address}${idOf(row)}/beside/`)
    if (!response.ok || response.redirected || row !== current) return
    const piece = await response.text()
    if (row !== current) return
    beside.innerHTML = piece
    if (narrow.matches) row.append(beside)
    else panel.prepend(beside)
  } catch {
    // without a connection there is nothing beside
  }
}

narrow.addEventListener("change", () => {
  if (narrow.matches) current?.append(beside)
  else panel.prepend(beside)
})

const shown = () => rows().filter((row) => !row.hidden)

function go(row) {
  const field = fieldOf(row)
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  ;(field ?? row.querySelector(".segment-number")).focus({ preventScroll: true })
  row.querySelector(".segment-row").scrollIntoView({ block: "center", behavior: calm ? "instant" : "auto" })
}

function goBy(row, by) {
  const all = shown()
  const next = all[all.indexOf(row) + by]
  if (next) go(next)
}

function goToLeft(row) {
  const all = shown()
  const at = all.indexOf(row)
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find((one) => !("done" in one.dataset))
  if (next) go(next)
  else announce(say.sayAllDone)
}

// Acts

async function confirm(row) {
  if (await send(row, "confirm")) {
    announce(say.sayConfirmed)
    goToLeft(row)
  } else {
    announce([...row.querySelectorAll("[data-saved], .segment-fault")].map((said) => said.textContent).join(" "))
    fieldOf(row).focus()
  }
}

function write(row, text) {
  const field = fieldOf(row)
  field.focus()
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

function writeOver(row, text) {
  const field = fieldOf(row)
  field.focus()
  field.select()
  write(row, text)
}

function insert(row, text) {
  const field = fieldOf(row)
  const opens = /^<([1-9][0-9]*)>$/.exec(text)
  const chosen = field.value.slice(field.selectionStart, field.selectionEnd)
  const closes = opens && `</${opens[1]}>`
  if (closes && chosen && !field.value.includes(closes)) write(row, `${text}${chosen}${closes}`)
  else {
    if (chosen && opens === null && text.startsWith("<")) field.setSelectionRange(field.selectionEnd, field.selectionEnd)
    write(row, text)
  }
}

function insertMissing(row) {
  const text = fieldOf(row).value
  const missing = [...row.querySelectorAll(".segment-acts [data-insert]")].map((button) => button.dataset.insert)
  const next = missing.find((mark) => !text.includes(mark))
  if (next) insert(row, next)
}

function takeSuggestion(number) {
  const offered = beside.querySelector(`.suggestion[data-number="${number}"]`)
  if (!offered || !current || beside.querySelector("[data-beside-of]")?.dataset.besideOf !== idOf(current)) return
  memoOf(current).key = offered.dataset.key
  writeOver(current, offered.dataset.typed)
}

async function recut(row, act, told) {
  await save(row)
  if (!(await send(row, act, told))) return
  await saveAll()
  leaving = true
  const place = new URL(window.location.href)
  place.searchParams.set("segment", idOf(row))
  place.hash = `s-${idOf(row)}`
  if (place.href === window.location.href) window.location.reload()
  else window.location.replace(place)
}

async function doAct(row, act) {
  if (act === "confirm") await confirm(row)
  else if (act === "copy") writeOver(row, row.dataset.source)
  else if (act === "reopen") (await save(row)) && (await send(row, "reopen"))
  else if (act === "omit") {
    const reason = beside.querySelector("[name=reason]")
    if (await send(row, "omit", { target: undefined, reason: reason.value })) goToLeft(row)
    else reason.focus()
  } else if (act === "split") await recut(row, "split", { offset: beside.querySelector("[name=offset]").value })
  else if (act === "merge") {
    const follower = rows()[rows().indexOf(row) + 1]
    if (follower) await save(follower)
    await recut(row, "merge", { next_version: follower?.dataset.version ?? row.dataset.nextVersion })
  }
}

function openRarer(name) {
  const part = beside.querySelector(`[data-rarer="${name}"]`)
  if (!part) return
  part.open = true
  part.querySelector("input, select").focus()
}

async function lookUp(words) {
  const box = bench.querySelector("[data-passages]")
  const response = await fetch(`${address}concordance/?${new URLSearchParams({ q: words })}`)
  if (response.ok && !response.redirected) box.innerHTML = await response.text()
}

async function check() {
  await saveAll()
  const response = await fetch(`${address}checks/`)
  if (!response.ok || response.redirected) return
  const box = bench.querySelector("[data-faults]")
  box.innerHTML = await response.text()
  for (const link of box.querySelectorAll("[data-go]")) rowOf(link.dataset.go)?.setAttribute("data-faulty", "")
  bench.querySelector("#checks").scrollIntoView({ block: "nearest" })
}

// Keys, by their place, so that they are the same on a Cyrillic keyboard. AltGr, which is Ctrl and Alt, is left alone.

const byKey = {
  ArrowDown: (row) => goBy(row, 1),
  ArrowUp: (row) => goBy(row, -1),
  KeyC: (row) => writeOver(row, row.dataset.source),
  KeyM: insertMissing,
  KeyX: () => openRarer("split"),
  KeyJ: (row) => "nextVersion" in row.dataset && doAct(row, "merge"),
  KeyO: () => openRarer("omit"),
  KeyL: (row) => {
    const field = fieldOf(row)
    const words = field.value.slice(field.selectionStart, field.selectionEnd) || window.getSelection().toString()
    const search = bench.querySelector("#bench-q")
    if (words.trim()) search.value = words.trim().slice(0, 100)
    else search.focus()
    if (words.trim()) lookUp(search.value)
  },
  KeyK: () => keys.showModal(),
}

list.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-segment]")
  if (!row || event.target !== fieldOf(row) || event.isComposing) return
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) {
    event.preventDefault()
    confirm(row)
    return
  }
  if (event.key === "Enter" && !event.shiftKey && !event.altKey) event.preventDefault() // a segment is one line
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    besideMark(event)
    return
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)
  const act = digit ? () => takeSuggestion(digit[1]) : byKey[event.code]
  if (!act) return
  event.preventDefault()
  act(row)
})

// A mark is one sign: it is stepped over and taken away whole.

function markAt(text, place) {
  for (const found of text.matchAll(MARK)) {
    const end = found.index + found[0].length
    if (found.index < place && place < end) return { start: found.index, end }
  }
  return null
}

function besideMark(event) {
  const field = event.target
  const place = field.selectionStart
  if (place !== field.selectionEnd || event.ctrlKey || event.metaKey) return
  const back = markAt(field.value, place - 0.5)
  const ahead = markAt(field.value, place + 0.5)
  if (event.key === "Backspace" && back) field.setSelectionRange(back.start, Math.max(back.end, place))
  else if (event.key === "Delete" && ahead) field.setSelectionRange(Math.min(ahead.start, place), ahead.end)
}

list.addEventListener("beforeinput", (event) => {
  const field = event.target
  if (!event.inputType?.startsWith("insert") || field.selectionStart !== field.selectionEnd) return
  const inside = markAt(field.value, field.selectionStart)
  if (inside) field.setSelectionRange(inside.end, inside.end)
})

// What happens in the page

list.addEventListener("input", (event) => {
  const row = event.target.closest("[data-segment]")
  if (event.target !== fieldOf(row)) return
  active = Date.now()
  paint(row)
  tell(row, "")
  soon(row)
})
list.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-segment]")
  if (row) setCurrent(row)
})
list.addEventListener("focusout", (event) => {
  const row = event.target.closest("[data-segment]")
  if (row && event.target === fieldOf(row) && isDirty(row) && !memoOf(row).busy) save(row)
})
for (const name of ["pointerdown", "keydown"]) {
  bench.addEventListener(name, () => {
    active = Date.now()
  })
}
bench.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-insert], [data-take]")) event.preventDefault() // the caret stays where it is
})

bench.addEventListener("click", (event) => {
  const here = (selector) => event.target.closest(selector)
  const rowAt = () => here("[data-segment]") ?? current
  let found
  if ((found = here("[data-act]"))) doAct(rowOf(found.value), found.dataset.act)
  else if ((found = here("[data-take]"))) takeSuggestion(found.dataset.take)
  else if ((found = here("[data-insert]"))) insert(rowAt(), found.dataset.insert)
  else if (here("[data-keep-mine]")) send(rowAt(), "save", {}, true)
  else if ((found = here("[data-take-theirs]"))) {
    const row = rowAt()
    memoOf(row).stored = found.closest("[data-theirs]").dataset.theirs
    writeOver(row, memoOf(row).stored)
    found.closest("[data-theirs]").remove()
    tell(row, "")
  } else if (here(".segment-number")) {
    const row = rowAt()
    if (fieldOf(row)) go(row)
    else setCurrent(row)
  } else if (here("[data-more]")) {
    setCurrent(rowAt())
    for (const part of beside.querySelectorAll("[data-rarer]")) part.open = true
    beside.scrollIntoView({ block: "nearest" })
  } else if ((found = here("[data-go]"))) {
    const row = rowOf(found.dataset.go)
    if (!row) return
    row.hidden = false
    go(row)
  } else if (here("[data-checks]")) check()
  else if (here("[data-open-keys]")) keys.showModal()
  else return
  event.preventDefault()
})

bench.querySelector("#work").addEventListener("submit", (event) => {
  event.preventDefault()
  if (beside.contains(document.activeElement) && document.activeElement.name === "reason") doAct(current, "omit")
  else saveAll()
})
bench.querySelector("[data-concordance]").addEventListener("submit", (event) => {
  event.preventDefault()
  lookUp(event.target.elements.q.value)
})

bench.querySelector("[data-slug]")?.addEventListener("submit", async (event) => {
  event.preventDefault()
  await saveAll()
  leaving = true
  event.target.submit()
})

const filter = bench.querySelector("[data-filter-form]")

function applyFilter() {
  const show = filter.elements.show.value
  const needle = filter.elements.find.value.trim().toLocaleLowerCase()
  const wanted = {
    left: (row) => !("done" in row.dataset),
    stale: (row) => "stale" in row.dataset,
    mine: (row) => "mine" in row.dataset,
    faults: (row) => "faulty" in row.dataset,
  }[show]
  const textOf = (row) => `${row.querySelector(".segment-source").innerText}\n${fieldOf(row)?.value ?? row.querySelector(".segment-read").innerText}`
  let hidden = 0
  for (const row of rows()) {
    row.hidden = Boolean((wanted && !wanted(row)) || (needle && !textOf(row).toLocaleLowerCase().includes(needle)))
    hidden += row.hidden
  }
  bench.querySelector("[data-hidden-count]").textContent = hidden
  bench.querySelector("[data-hidden]").hidden = !hidden
}

if (!("filtered" in bench.dataset)) {
  filter.addEventListener("submit", (event) => {
    event.preventDefault()
    applyFilter()
  })
  filter.elements.show.addEventListener("change", applyFilter)
  filter.elements.find.addEventListener("input", applyFilter)
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveAll()
})
window.addEventListener("beforeunload", (event) => {
  if (!leaving && dirty().some((row) => !memoOf(row).busy)) event.preventDefault()
})

if (writes) {
  for (const row of rows()) {
    fieldOf(row).rows = 1 // the mirror makes the field as high as it has to be
    paint(row)
  }
}
const begun = list.querySelector(".segment.current")
if (begun) {
  current = begun
  begun.setAttribute("aria-current", "true")
  askBeside(begun)
  // The browser goes to the address's # once all is loaded, and takes the focus with it.
  const arrive = () => setTimeout(() => window.location.hash === `#${begun.id}` && go(begun))
  if (document.readyState === "complete") arrive()
  else window.addEventListener("load", arrive)
}
look()
