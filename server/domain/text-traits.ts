/** What one look at a text tells; traits are added up. */
export const HAS_LETTER = 1;
/** It is not ASCII, or JSON would write it with a backslash. */
export const NEEDS_ESCAPE = 2;
/** It may hold twelve digits of one number. Without this it holds no card number. */
export const MANY_DIGITS = 4;

const MOST_DIGITS = 11;
const WIDEST_GAP = 3;
const PERCENT = 37;

const LETTER = 1;
const DIGIT = 2;
const ESCAPED = 3;

/** The class of every ASCII character; marks and spaces have none. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) return LETTER;
  if (/\d/.test(character)) return DIGIT;
  return JSON.stringify(character).length === 3 ? 0 : ESCAPED;
});

/**
 * The traits of a text, read once from left to right. Digits belong to one number while no letter and no more than
 * three marks in a row stand between them. Texts that are not ASCII are not read: they have the last two
 * traits. A percent sign may begin anything.
 */
export function textTraits(text: string): number {
  let traits = 0;
  let digits = 0;
  let gap = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return NEEDS_ESCAPE | MANY_DIGITS;
    if (code === PERCENT) traits |= MANY_DIGITS;
    const kind = classes[code];
    if (kind === DIGIT) {
      gap = 0;
      if (++digits > MOST_DIGITS) traits |= MANY_DIGITS;
    } else if (kind === LETTER) {
      digits = 0;
      traits |= HAS_LETTER;
    } else {
      if (++gap > WIDEST_GAP) digits = 0;
      if (kind === ESCAPED) traits |= NEEDS_ESCAPE;
    }
  }
  return traits;
}
