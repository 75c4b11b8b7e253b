import { percent } from "#app/format/number.ts";
import type { Calibration } from "./types.ts";

/** What the reliability diagram shows, as its title. */
export function calibrationReading({ meanScore, fraudRate, fraudRateInterval }: Calibration): string {
  if (meanScore === null || fraudRate === null || fraudRateInterval === null)
    return "Nothing to calibrate against yet";
  const promised = `${percent(meanScore, 2)} promised, ${percent(fraudRate, 2)} came`;
  if (meanScore < fraudRateInterval.lower) return `Scores are too low: ${promised}`;
  if (meanScore > fraudRateInterval.upper) return `Scores are too high: ${promised}`;
  return `Scores mean what they say: ${promised}`;
}

/** The Brier score in its parts. */
export function brierReading({ brier, parts, ece }: Calibration): string {
  if (brier === null || parts === null || ece === null) return "";
  const number = (value: number): string => value.toPrecision(3);
  return `ECE ${percent(ece, 2)} on bins of equal mass. Brier ${number(brier)} = reliability ${number(parts.reliability)} − resolution ${number(parts.resolution)} + uncertainty ${number(parts.uncertainty)} + inside bins ${number(parts.withinBins)}.`;
}
