"use client";
import type { ReactNode } from "react";
import { CalibrationCard } from "./calibration.tsx";
import { CalibrationWeeks } from "./calibration-weeks.tsx";
import { RecalibrateCard } from "./recalibrate.tsx";
import type { TabProps } from "./tab-props.ts";

/** Whether scores mean what they say, in the window and week by week, and what to do about it. */
export function CalibrationTab({ view, input }: TabProps): ReactNode {
  return (
    <div className="space-y-4">
      <CalibrationCard input={input} />
      <CalibrationWeeks version={view.window.versionId} />
      <RecalibrateCard versions={view.window.versions} />
    </div>
  );
}
