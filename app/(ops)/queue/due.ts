import { duration } from "#app/format/time.ts";
import type { Tone } from "#app/ui/badge.tsx";

const SOON_MS = 60 * 60_000;

type Due = { readonly shape: string; readonly word: string; readonly tone: Tone };

/** How a promised time stands now: breached, within the hour, or in time. */
export function dueNow(dueAt: string, now: Date): Due {
  const left = Date.parse(dueAt) - now.getTime();
  if (left <= 0) return { shape: "▲", word: `${duration(-left)} late`, tone: "decline" };
  if (left <= SOON_MS) return { shape: "◐", word: `due in ${duration(left)}`, tone: "review" };
  return { shape: "○", word: `in ${duration(left)}`, tone: "neutral" };
}
