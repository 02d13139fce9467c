/* Counts a pasted text while one types, by the rules of translations/counting.py. The server counts again. */
const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

export const count = (text) => {
  const tokens = text.replace(/\p{Cf}/gu, "").normalize("NFC").split(BLANKS).filter(Boolean);
  const bare = tokens.reduce((sum, token) => sum + [...token].length, 0);
  return {
    words: tokens.filter((token) => /[\p{L}\p{N}]/u.test(token)).length,
    characters: bare + Math.max(tokens.length - 1, 0),
    bare,
  };
};

document.querySelectorAll("[data-counts]").forEach((place) => {
  const field = document.getElementById(place.dataset.counts);
  const show = () => {
    const { words, characters, bare } = count(field.value);
    const { words: named, characters: withSpaces, bare: without } = place.dataset;
    place.textContent = words ? `${words} ${named}, ${characters} ${withSpaces}, ${bare} ${without}` : "";
  };
  field.addEventListener("input", show);
  show();
});
