import { expect, test } from "vitest";
import { createCustomers } from "./customer.ts";
import { hash32 } from "./hash.ts";
import { placeAt } from "./places.ts";
import { emailAgeDays, ipFrom, onlinePresence, whereabouts } from "./presence.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 7, 1);
const customers = createCustomers(3, 400);

test("a few per cent of customers are travelling on any day, and all of them come home", () => {
  for (const day of [0, 40, 80]) {
    const away = customers.filter(
      (customer) => whereabouts(customer, START_MS + day * DAY_MS) !== customer.place,
    );
    expect(away.length).toBeGreaterThan(2);
    expect(away.length).toBeLessThan(60);
  }
  for (const customer of customers) {
    const days = Array.from({ length: 60 }, (_, day) => whereabouts(customer, START_MS + day * DAY_MS));
    expect(days).toContain(customer.place);
  }
});

test("honest customers too appear with new devices, other countries and hidden devices", () => {
  let changed = 0;
  let abroad = 0;
  let hidden = 0;
  for (const customer of customers) {
    const before = onlinePresence(customer, START_MS, 0.2);
    const after = onlinePresence(customer, START_MS + 90 * DAY_MS, 0.2);
    if (before.deviceId !== after.deviceId) changed++;
    if (after.country !== placeAt(customer.place).country) abroad++;
    if (onlinePresence(customer, START_MS, 0.05).deviceId === null) hidden++;
  }
  expect(changed).toBeGreaterThan(20);
  expect(changed).toBeLessThan(200);
  expect(abroad).toBeGreaterThan(3);
  expect(hidden).toBe(400);
});

test("a customer's e-mail address grows a day older every day until it is replaced", () => {
  for (const customer of customers.slice(0, 50)) {
    const today = emailAgeDays(customer, START_MS);
    const tomorrow = emailAgeDays(customer, START_MS + DAY_MS);
    expect(today).toBeGreaterThanOrEqual(0);
    expect([today + 1, 0]).toContain(tomorrow);
    expect(today).toBeLessThanOrEqual(customer.emailLifetimeDays);
  }
});

test("addresses lie in the documentation ranges, a quarter of them version 4", () => {
  let four = 0;
  for (let n = 0; n < 4000; n++) {
    const ip = ipFrom(hash32(n));
    if (/^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$/.test(ip)) four++;
    else expect(ip).toMatch(/^2001:db8:[0-9a-f]{1,4}::[0-9a-f]{1,4}$/);
  }
  expect(Math.abs(four - 1000)).toBeLessThan(120);
});
