const MOST = 20;

/** Whom a note names: as "@[user id]", or as "@" and an e-mail address. Of more than 20 of a kind the first 20. */
export function mentionedIn(text: string): { readonly ids: string[]; readonly emails: string[] } {
  const ids = [...text.matchAll(/@\[([\w-]{1,128})\]/g)].flatMap((found) => found[1] ?? []);
  const emails = [...text.matchAll(/(?<![\w.+-])@([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)/g)].flatMap(
    (found) => found[1]?.toLowerCase() ?? [],
  );
  return { ids: [...new Set(ids)].slice(0, MOST), emails: [...new Set(emails)].slice(0, MOST) };
}
