/** A rhythm of paying: how much of a day falls in each local hour, and how busy each weekday is (Sunday first). */
export type Habit = {
  readonly name: string;
  readonly weight: number;
  readonly hourShare: readonly number[]; // 24 shares that sum to one
  readonly weekdayFactor: readonly number[]; // 7 factors with mean one
};

export const habits: readonly Habit[] = [
  habit("office", 5, [7.8, 12.6, 18.4], [0.75, 0.95, 0.95, 1, 1.05, 1.15, 1.15]),
  habit("daytime", 3, [9.5, 11.5, 16], [0.6, 1.05, 1.05, 1.05, 1.1, 1.15, 1]),
  habit("evening", 3, [12.8, 18.8, 20.8], [1, 0.85, 0.85, 0.9, 1, 1.2, 1.2]),
  habit("night", 1, [14, 21.5, 24.2], [1.1, 0.8, 0.8, 0.85, 0.95, 1.2, 1.3]),
];

/** Expected share of a day's payments in the local hour that begins `localHours` after the epoch. */
export function activity(habit: Habit, localHours: number): number {
  const hour = ((localHours % 24) + 24) % 24;
  // 1 January 1970 was a Thursday.
  const weekday = (((Math.floor(localHours / 24) + 4) % 7) + 7) % 7;
  return (habit.hourShare[hour] ?? 0) * (habit.weekdayFactor[weekday] ?? 0);
}

function habit(name: string, weight: number, peaks: readonly number[], weekdays: readonly number[]): Habit {
  const raw = Array.from({ length: 24 }, (_, hour) => hourWeight(hour, peaks));
  const hourTotal = raw.reduce((sum, value) => sum + value, 0);
  const weekTotal = weekdays.reduce((sum, value) => sum + value, 0);
  return {
    name,
    weight,
    hourShare: raw.map((value) => value / hourTotal),
    weekdayFactor: weekdays.map((value) => (value * 7) / weekTotal),
  };
}

/** Bumps two hours wide around each peak, round the clock, above a floor for those awake at night. */
function hourWeight(hour: number, peaks: readonly number[]): number {
  const bumps = peaks.map((peak) => {
    const apart = Math.abs(hour + 0.5 - peak) % 24;
    const distance = Math.min(apart, 24 - apart);
    return Math.exp(-(distance * distance) / 8);
  });
  return bumps.reduce((sum, value) => sum + value, 0.04);
}
