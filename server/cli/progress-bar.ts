/** Where a bar is drawn: stdout, or a test's. */
export type ProgressOutput = { readonly isTTY?: boolean; write(text: string): unknown };

export type ProgressBar = {
  /** `done` of the total; `note` replaces the label's second half until the next one. */
  update(done: number, note?: string): void;
  /** Ends the line; `text` stays in place of the bar. */
  finish(text?: string): void;
};

export type ProgressOptions = {
  readonly label: string;
  /** What counts as everything; null when it is not known, then only the count and the rate are shown. */
  readonly total: number | null;
  /** What is counted: "rows", "payments"; none for a fraction between 0 and 1. */
  readonly unit?: string;
  readonly out?: ProgressOutput;
  readonly now?: () => number;
};

const WIDTH = 24;
const REDRAW_MS = 100;
const LINE_MS = 3_000;

/**
 * The one progress bar of every command. On a terminal one line is redrawn, with share, rate and time left;
 * elsewhere a line is written every few seconds.
 */
export function progressBar(options: ProgressOptions): ProgressBar {
  const { out = process.stdout, now = Date.now } = options;
  const live = out.isTTY === true;
  const startedMs = now();
  let drawnMs = live ? Number.NEGATIVE_INFINITY : startedMs;
  let note = "";
  const draw = (done: number): void => {
    const line = lineFor(options, done, { elapsedMs: now() - startedMs, note });
    out.write(live ? `\r\x1b[2K${line}` : `${line}\n`);
    drawnMs = now();
  };
  return {
    update(done, newNote) {
      const changed = newNote !== undefined && newNote !== note;
      note = newNote ?? note;
      if (now() - drawnMs >= (live ? REDRAW_MS : LINE_MS) || (changed && live)) draw(done);
    },
    finish(text) {
      out.write(`${live ? "\r\x1b[2K" : ""}${text ?? `${options.label}: done`}\n`);
    },
  };
}

function lineFor(
  { label, total, unit }: ProgressOptions,
  done: number,
  { elapsedMs, note }: { elapsedMs: number; note: string },
): string {
  const parts = [note === "" ? label : `${label}: ${note}`];
  const share = total === null || total <= 0 ? null : Math.min(1, Math.max(0, done / total));
  if (share !== null) {
    const filled = Math.round(share * WIDTH);
    parts.push(`[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${Math.floor(share * 100)} %`);
  }
  if (unit !== undefined) parts.push(`${Math.round(done).toLocaleString("en")} ${unit}`);
  const seconds = elapsedMs / 1000;
  if (unit !== undefined && seconds >= 0.5) parts.push(`${rate(done / seconds)}/s`);
  if (share !== null && share > 0.02 && share < 1 && seconds >= 1) {
    parts.push(`${duration((seconds * (1 - share)) / share)} left`);
  }
  return parts.join("  ");
}

function rate(perSecond: number): string {
  return perSecond >= 10 ? Math.round(perSecond).toLocaleString("en") : perSecond.toFixed(1);
}

/** "45 s", "3 min 05 s" or "2 h 10 min". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
