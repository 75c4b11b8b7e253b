import { expect, test } from "vitest";
import { createRng } from "../math/seeded-random.ts";
import { intruderPresence } from "./intruder.ts";
import { placeAt, places } from "./places.ts";

const drawn = (nearVictim: number): ReturnType<typeof intruderPresence>[] => {
  const rng = createRng(`intruder:${nearVictim}`);
  return Array.from({ length: 2000 }, () => intruderPresence(rng, { victimPlace: 0, nearVictim }));
};

test("with a proxy near the victim a thief is in the victim's city", () => {
  const home = placeAt(0);
  for (const { country, latitude } of drawn(1)) {
    expect(country).toBe(home.country);
    expect(Math.abs(latitude - home.latitude)).toBeLessThan(0.5);
  }
});

test("without one, thieves are wherever travellers go", () => {
  const countries = new Set(drawn(0).map(({ country }) => country));
  expect(countries).toEqual(new Set(places.map(({ country }) => country)));
});

test("thieves' devices and addresses have the form of anybody's, and a part of the devices is hidden", () => {
  const presences = drawn(0.3);
  for (const { deviceId, ip } of presences) {
    expect(deviceId ?? "dev_0").toMatch(/^dev_[0-9a-z]{1,11}$/);
    expect(ip).toMatch(/^(2001:db8:|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/);
  }
  const hidden = presences.filter(({ deviceId }) => deviceId === null).length / 2000;
  expect(Math.abs(hidden - 0.25)).toBeLessThan(0.04);
});
