/** A day of UTC, which has no leap seconds and no summer time. */
export const DAY_MS = 86_400_000;
