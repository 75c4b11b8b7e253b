import type { ReactNode } from "react";

type PrecisionProps = {
  value: number | null;
  interval: { readonly lower: number; readonly upper: number } | null;
};

/** An average precision with its interval, where the screen is wide enough for both. */
export function Precision({ value, interval }: PrecisionProps): ReactNode {
  if (value === null) return "–";
  return (
    <>
      {value.toFixed(3)}
      {interval !== null && (
        <span className="hidden sm:inline">
          {" "}
          ({interval.lower.toFixed(3)} to {interval.upper.toFixed(3)})
        </span>
      )}
    </>
  );
}
