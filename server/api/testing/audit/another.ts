let made = 0;
/** A name that was not used before. */
export function another(name: string): string {
  return `${name} ${++made}`;
}
