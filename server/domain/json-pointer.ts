const MAX_NAME = 64;
const plainName = /^[\w.-]{1,64}$/;

/** A JSON pointer (RFC 6901) to a place in a body; names longer than 64 characters are cut. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escapeName(String(part))}`).join("");
}

/** One name of a JSON pointer, without its slash. */
export function escapeName(name: string): string {
  if (plainName.test(name)) return name;
  const short = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
  return short.toWellFormed().replaceAll("\0", "\u{FFFD}").replaceAll("~", "~0").replaceAll("/", "~1");
}
