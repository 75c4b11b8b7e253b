const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** "12,345"; "–" when undefined. */
export function count(value: number | null): string {
  return value === null ? "–" : whole.format(value);
}

/** "12.3K", for axes. */
export function countShort(value: number | null): string {
  return value === null ? "–" : compact.format(value);
}

/** "71.3 %" of 0.713; "–" when undefined. */
export function percent(share: number | null, decimals = 1): string {
  return share === null ? "–" : `${(share * 100).toFixed(decimals)} %`;
}

/** "0.873": a score, a probability, an average precision. "–" when undefined. */
export function score(value: number | null, decimals = 3): string {
  return value === null ? "–" : value.toFixed(decimals);
}

/** "1 case", "2 cases". */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}
