import { type ProgressBar, type ProgressOutput, progressBar } from "../progress-bar.ts";

/** Tells the story as it goes: one bar at a time, and lines that stay. */
export type Narrator = {
  /** A bar for a fraction between 0 and 1. */
  stage(label: string): ProgressBar;
  /** A line that stays above the bar. */
  say(text: string): void;
};

export function narratorTo(out: ProgressOutput): Narrator {
  return {
    stage: (label) => progressBar({ label, total: 1, out }),
    say: (text) => {
      out.write(`${out.isTTY === true ? "\r\x1b[2K" : ""}${text}\n`);
    },
  };
}
