export type Named = { readonly id: string; readonly name: string };

/** The beginning of a name after the "@" that the caret stands behind; null where no name is being typed. */
export function mentionTyped(
  text: string,
  caret: number,
): { readonly at: number; readonly typed: string } | null {
  const found = /(?:^|\s)@([\p{L}\p{N}'.-]*(?: [\p{L}\p{N}'.-]*)?)$/u.exec(text.slice(0, caret));
  if (found === null) return null;
  const typed = found[1] ?? "";
  return { at: caret - typed.length - 1, typed };
}

/** Who is meant by what was typed: those whose name, or a word of it, begins so. At most six. */
export function matchingPeople<P extends Named>(people: readonly P[], typed: string): P[] {
  const wanted = typed.trim().toLowerCase();
  const begins = ({ name }: Named): boolean => {
    const lower = name.toLowerCase();
    return lower.startsWith(wanted) || lower.split(" ").some((word) => word.startsWith(wanted));
  };
  return people.filter(begins).slice(0, 6);
}

/** The text as it is sent: "@Ada Min" of somebody who was chosen becomes "@[id]". */
export function withIds(text: string, chosen: readonly Named[]): string {
  const longestFirst = [...chosen].sort((a, b) => b.name.length - a.name.length);
  return longestFirst.reduce((sent, { id, name }) => sent.replaceAll(`@${name}`, `@[${id}]`), text);
}

export type NotePart = { readonly text: string; readonly isName: boolean };

/** A note as it is read: "@[id]" of somebody known becomes their name; anything else stays as it was written. */
export function noteParts(text: string, mentions: readonly Named[]): NotePart[] {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  return text
    .split(/(@\[[\w-]{1,128}\])/)
    .filter((part) => part !== "")
    .map((part) => {
      const name = names.get(/^@\[(.+)\]$/.exec(part)?.[1] ?? "");
      return name === undefined ? { text: part, isName: false } : { text: `@${name}`, isName: true };
    });
}
