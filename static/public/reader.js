// What a page does besides where scripts run. Nothing needs it; it sends nothing and sets no cookie.
(() => {
  const root = document.documentElement
  const find = (selector) => document.querySelector(selector)
  const all = (selector) => document.querySelectorAll(selector)
  const { smaller, larger, copy, copied } = document.currentScript.dataset

  const make = (tag, attributes, inside) => {
    const made = document.createElement(tag)
    for (const name in attributes) made.setAttribute(name, attributes[name])
    made.append(...inside)
    return made
  }
  const button = (label, name, press) => {
    const made = make("button", { type: "button", "aria-label": `${label} ${name}`.trim() }, [label])
    made.onclick = press
    return made
  }

  // Text size, remembered on this device
  let size = 0
  const resize = (step) => {
    size = step
    root.style.fontSize = size ? `${100 + 15 * size}%` : ""
    less.disabled = size === 0
    more.disabled = size === 3
  }
  const choose = (step) => {
    resize(step)
    try { localStorage.textSize = size } catch {}
  }
  const less = button("A−", smaller, () => choose(size - 1))
  const more = button("A+", larger, () => choose(size + 1))
  const sizes = make("div", { class: "text-size" }, [less, more])
  if (matchMedia("(min-width: 40rem)").matches) find(".languages")?.before(sizes)
  else find(".colophon")?.append(sizes) // where it moves nothing that is being read
  try { resize(Math.min(+localStorage.textSize || 0, 3)) } catch { resize(0) }

  // Copying the address
  if (navigator.clipboard) {
    const told = make("span", { role: "status" }, [])
    const press = async () => {
      await navigator.clipboard.writeText(find("[rel=canonical]").href)
      told.textContent = copied
    }
    find(".share ul")?.append(make("li", {}, [button(copy, "", press), told]))
  }

  // “5 minutes ago”; the time itself stays as the title
  const ago = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" })
  for (const time of find(".as-it-was") ? [] : all(".card-line time, .story-head time")) {
    const past = Math.round((new Date(time.dateTime) - Date.now()) / 6e4)
    if (!time.dateTime.includes("T") || past > 0 || past <= -1440) continue
    time.title = time.textContent
    time.textContent = past > -60 ? ago.format(past, "minute") : ago.format(Math.round(past / 60), "hour")
  }

  // Sources open where they are cited
  let mark, box
  const close = () => {
    box?.remove()
    mark?.setAttribute("aria-expanded", "false")
    mark = box = undefined
  }
  const open = (link, source) => {
    box = make("div", { class: "cited-here", role: "note", "aria-label": link.ariaLabel }, source.cloneNode(true).childNodes)
    box.querySelector(".places")?.remove()
    const block = (mark = link).closest("p, h2, h3, li, dd, td, th")
    block.matches("p, h2, h3") ? block.after(box) : block.append(box)
    link.setAttribute("aria-expanded", "true")
  }
  for (const link of all(".citation a")) {
    const source = find(link.hash)
    if (!source) continue
    link.setAttribute("aria-expanded", "false")
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey) return
      event.preventDefault()
      const again = link === mark
      close()
      if (!again) open(link, source)
    }
  }
  onkeydown = (event) => {
    if (event.key === "Escape" && mark) mark.focus(), close()
  }
})()
