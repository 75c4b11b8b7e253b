"use client";
import type { ReactNode } from "react";
import { SegmentsCard } from "./segments.tsx";
import type { TabProps } from "./tab-props.ts";

/** Whom the threshold treats differently. */
export function SegmentsTab({ input, threshold }: TabProps): ReactNode {
  return <SegmentsCard input={input} threshold={threshold} />;
}
