const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN = 91;
const CLOSE = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * The items of a JSON array as pieces of its text, to be parsed one by one; at most `most` and one more, which tells
 * that there are too many. Null when the text does not begin as an array. The pieces are not checked: the text is JSON
 * exactly when each of them is, once this does not throw.
 * @throws SyntaxError when the array does not end, or does not end the text.
 */
export function splitJsonArray(bytes: Uint8Array, most: number): Uint8Array[] | null {
  let at = skipSpace(bytes, startOf(bytes));
  if (bytes[at] !== OPEN) return null;
  at = skipSpace(bytes, at + 1);
  if (bytes[at] === CLOSE) return endsAt(bytes, at) ? [] : fail();
  const items: Uint8Array[] = [];
  while (items.length <= most) {
    const end = endOfItem(bytes, at);
    items.push(bytes.subarray(at, end));
    if (bytes[end] === CLOSE) return endsAt(bytes, end) ? items : fail();
    at = end + 1;
  }
  return items;
}

/** The place of the comma or bracket after the item that starts at `at`. */
function endOfItem(bytes: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN || byte === OPEN_OBJECT) depth++;
    else if (depth === 0 && (byte === COMMA || byte === CLOSE)) return at;
    else if (byte === CLOSE || byte === CLOSE_OBJECT) depth--;
  }
  return fail();
}

/** The place of the quote that ends the string which starts at `start`. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** After the byte order mark, which the whole text may begin with and an item may not. */
function startOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}

function endsAt(bytes: Uint8Array, end: number): boolean {
  return skipSpace(bytes, end + 1) === bytes.length;
}

function fail(): never {
  throw new SyntaxError("the array does not end as it should");
}
