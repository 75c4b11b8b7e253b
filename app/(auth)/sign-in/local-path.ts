/** A path of this site, whatever was asked for: signing in must never lead elsewhere. */
export function localPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== "string") return "/";
  const base = "http://assay.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  if (url === null || url.protocol !== "http:" || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
