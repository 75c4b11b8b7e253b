const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const shortDate = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "20 Nov 2026". */
export function day(time: Date | string): string {
  return dateFormat.format(new Date(time));
}

/** "20 Nov", for axes. */
export function dayShort(time: Date | string): string {
  return shortDate.format(new Date(time));
}

/** "20 Nov 2026, 10:15:30 UTC". */
export function instant(time: Date | string): string {
  return `${day(time)}, ${clock(time)} UTC`;
}

/** "10:15:30", in UTC. */
export function clock(time: Date | string): string {
  return new Date(time).toISOString().slice(11, 19);
}

/** "just now", "5 min ago", "3 h ago", "2 d ago", then the date; "in 5 min" for what is ahead. */
export function relative(time: Date | string, now: Date): string {
  const elapsed = now.getTime() - new Date(time).getTime();
  const span = Math.abs(elapsed);
  if (span < MINUTE) return "just now";
  if (span >= 30 * DAY) return day(time);
  return elapsed > 0 ? `${duration(span)} ago` : `in ${duration(span)}`;
}

/** "45 s", "5 min", "3 h", "2 d": one unit, rounded down. */
export function duration(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}
