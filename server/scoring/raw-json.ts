const LONG_DIGITS = 17;

/** A whole number of more digits than a double is sure to hold, and few enough for a card number. */
const wholeNumber = /^-?\d{17,19}$/;

/**
 * Parses a JSON text in UTF-8. Whole numbers of 17 to 19 digits come as bigint, so that a card number among them
 * keeps its digits until it is found. Of members with the same name the last one counts.
 * @throws SyntaxError when it is not JSON or not UTF-8.
 */
export function parseJson(bytes: Uint8Array): unknown {
  return parse(bytes, wholeText);
}

/** The same for a piece of a JSON text, which no byte order mark may begin. */
export function parseJsonItem(bytes: Uint8Array): unknown {
  return parse(bytes, pieceOfText);
}

function parse(bytes: Uint8Array, decoder: TextDecoder): unknown {
  const text = decode(bytes, decoder);
  const value: unknown = JSON.parse(text);
  if (!holdsLongDigits(bytes)) return value;
  try {
    return parseWithSource(text, exact);
  } catch (error) {
    if (error instanceof RangeError) return value; // nested too deep for a reviver, and so for every check to come
    throw error;
  }
}

type Reviver = (name: string, member: unknown, context: { readonly source?: string }) => unknown;

// ECMAScript's JSON.parse source text access, which Node 24 has and TypeScript's library does not know of yet.
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

function exact(_name: string, member: unknown, { source }: { readonly source?: string }): unknown {
  if (typeof member !== "number" || source === undefined || !wholeNumber.test(source)) return member;
  return BigInt(source);
}

/** Whether there are 17 digits in a row: looks at every 17th byte, and around it when that is a digit. */
function holdsLongDigits(bytes: Uint8Array): boolean {
  for (let at = LONG_DIGITS - 1; at < bytes.length; at += LONG_DIGITS) {
    if (!isDigit(bytes[at])) continue;
    let first = at;
    while (isDigit(bytes[first - 1])) first--;
    while (isDigit(bytes[at + 1])) at++;
    if (at - first + 1 >= LONG_DIGITS) return true;
  }
  return false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

const wholeText = new TextDecoder("utf-8", { fatal: true });
const pieceOfText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array, decoder: TextDecoder): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new SyntaxError("the body is not UTF-8", { cause });
  }
}
