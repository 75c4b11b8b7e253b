"use client";
import type { ReactNode } from "react";
import { OverTime } from "./over-time.tsx";
import type { TabProps } from "./tab-props.ts";

/** Recall and precision as time went on. */
export function OverTimeTab({ input, threshold }: TabProps): ReactNode {
  return <OverTime input={input} threshold={threshold} />;
}
