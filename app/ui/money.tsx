import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";

/** An amount of minor units in its currency. */
export function Money({ minor, currency }: { minor: number | null; currency: string }): ReactNode {
  return <span className="whitespace-nowrap">{money(minor, currency)}</span>;
}
