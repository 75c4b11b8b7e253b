import { containsCardNumber } from "#server/domain/card-number.ts";

const fileTypes = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  txt: "text/plain",
  csv: "text/csv",
  eml: "message/rfc822",
} as const;
export type FileType = (typeof fileTypes)[keyof typeof fileTypes];

const signatures: readonly (readonly [FileType, readonly number[]])[] = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

/**
 * What a file is, by its name's ending and its first bytes together; null when they don't agree or it is none of the
 * allowed types. Texts must be UTF-8 without control characters.
 */
export function sniffFile(name: string, bytes: Uint8Array): FileType | null {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const named = Object.entries(fileTypes).find(([known]) => known === ending)?.[1];
  if (named === undefined) return null;
  const signed = signatures.find(([, start]) => start.every((byte, at) => bytes[at] === byte))?.[0];
  if (signed !== undefined) return signed === named ? named : null;
  const isText = signatures.every(([type]) => type !== named);
  return isText && textOf(bytes) !== null ? named : null;
}

/** Whether a text holds a card number: a table by its cells, anything else by its lines. Other types are not opened. */
export function fileHoldsCardNumber(type: FileType, bytes: Uint8Array): boolean {
  const text = type.startsWith("text/") || type === "message/rfc822" ? textOf(bytes) : null;
  const parts = text?.split(type === "text/csv" ? /[\r\n,;\t]+/ : /[\r\n]+/) ?? [];
  return parts.some(containsCardNumber);
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /\p{Cc}/u.test(text.replace(/[\t\n\r\f]/g, "")) ? null : text;
  } catch {
    return null;
  }
}
