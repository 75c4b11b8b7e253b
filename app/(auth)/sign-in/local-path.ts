const BASE = "http://assay.invalid";

/** A path of this site, whatever was asked for: signing in must never lead elsewhere. */
export function localPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== "string" || !URL.canParse(wanted, BASE)) return "/";
  const url = new URL(wanted, BASE);
  if (url.origin !== BASE || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
