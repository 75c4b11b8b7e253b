/** A count as guardrails write it: "21,910". */
export function counted(count: number): string {
  return count.toLocaleString("en");
}

/** A share as guardrails write it: "1.2 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
