"use client";
import type { ReactNode } from "react";
import { CalibrationCard } from "./calibration.tsx";
import type { TabProps } from "./tab-props.ts";

/** Whether scores mean what they say. */
export function CalibrationTab({ input }: TabProps): ReactNode {
  return <CalibrationCard input={input} />;
}
