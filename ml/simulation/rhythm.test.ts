import { expect, test } from "vitest";
import { expectedInHour, rhythmGroups } from "./rhythm.ts";
import { createWorld } from "./world.ts";

const world = createWorld({ seed: 17, customers: 500, merchants: 50 });
const groups = rhythmGroups(world);

test("every customer is in exactly one group, with those who share the habit", () => {
  const members = groups.flatMap((group) => group.members.values);
  expect(members.toSorted((a, b) => a - b)).toEqual([...world.customers.keys()]);
  for (const { members: choice } of groups) {
    expect(new Set(choice.values.map((index) => world.customers[index]?.habit)).size).toBe(1);
  }
});

test("a week of expected payments is seven days of everybody's rate", () => {
  const rate = world.customers.reduce((sum, customer) => sum + customer.paymentsPerDay, 0);
  let week = 0;
  for (let hour = 0; hour < 168; hour++) {
    for (const group of groups) week += expectedInHour(group, 480_000 + hour);
  }
  expect(week).toBeCloseTo(7 * rate, 6);
});

test("the same habit one time zone east happens an hour earlier in UTC", () => {
  const [group] = groups;
  if (group === undefined) throw new Error("no group");
  const east = { ...group, utcOffsetHours: group.utcOffsetHours + 1 };
  for (const hour of [480_000, 480_007, 480_100]) {
    expect(expectedInHour(east, hour)).toBeCloseTo(expectedInHour(group, hour + 1), 12);
  }
});
