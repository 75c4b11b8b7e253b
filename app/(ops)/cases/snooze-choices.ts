const HOUR_MS = 3_600_000;
const MORNING_UTC = 8;

export type SnoozeChoice = { readonly label: string; readonly until: Date };

/** Sensible times to put a case off to; mornings are 08:00 UTC. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const daysToMonday = (8 - now.getUTCDay()) % 7 || 7;
  return [
    { label: "For an hour", until: new Date(now.getTime() + HOUR_MS) },
    { label: "For four hours", until: new Date(now.getTime() + 4 * HOUR_MS) },
    { label: "Until tomorrow", until: morningIn(now, 1) },
    { label: "Until Monday", until: morningIn(now, daysToMonday) },
  ];
}

function morningIn(now: Date, days: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, MORNING_UTC));
}
