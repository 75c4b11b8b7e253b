import { activity, type Habit, habits } from "./habits.ts";
import { placeAt } from "./places.ts";
import { type WeightedChoice, weightedChoice } from "./weighted-choice.ts";
import type { World } from "./world.ts";

/** Customers who share a habit and a time zone, and so are awake at the same hours. */
export type RhythmGroup = {
  readonly habit: Habit;
  readonly utcOffsetHours: number;
  readonly members: WeightedChoice; // customer indices by payments a day
};

/**
 * Customers by habit and time zone. The sum of independent Poisson processes is one of the summed rate, so an
 * hour needs one count per group, not one per customer.
 */
export function rhythmGroups(world: World): RhythmGroup[] {
  const groups = new Map<string, number[]>();
  world.customers.forEach(({ habit, place }, index) => {
    const name = `${habit}|${placeAt(place).utcOffsetHours}`;
    const members = groups.get(name) ?? [];
    members.push(index);
    groups.set(name, members);
  });
  return [...groups.values()].flatMap((indices) => {
    const first = world.customers[indices[0] ?? -1];
    const habit = first && habits[first.habit];
    if (first === undefined || habit === undefined) return [];
    return {
      habit,
      utcOffsetHours: placeAt(first.place).utcOffsetHours,
      members: weightedChoice(indices, (index) => world.customers[index]?.paymentsPerDay ?? 0),
    };
  });
}

/** Expected payments of a group in the UTC hour that begins `hourIndex` hours after the epoch. */
export function expectedInHour(group: RhythmGroup, hourIndex: number): number {
  return group.members.total * activity(group.habit, hourIndex + group.utcOffsetHours);
}
