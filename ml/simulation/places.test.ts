import { expect, test } from "vitest";
import { categoryAt, merchantCategories } from "./merchant-category.ts";
import { currencyOf, placeAt, places } from "./places.ts";

test("every city is on the globe, has a country code and somebody who goes there", () => {
  for (const place of places) {
    expect(Math.abs(place.latitude)).toBeLessThan(70);
    expect(Math.abs(place.longitude)).toBeLessThan(180);
    expect(place.country).toMatch(/^[A-Z]{2}$/);
    expect(place.visitWeight).toBeGreaterThan(0);
    // Standard time lies within two hours and a half of the sun's.
    expect(Math.abs(place.utcOffsetHours - place.longitude / 15)).toBeLessThan(2.5);
  }
  expect(new Set(places.map(({ city }) => city)).size).toBe(places.length);
});

test("cards are in euro but for two countries, all near par", () => {
  expect(currencyOf("GB").currency).toBe("GBP");
  expect(currencyOf("CH").currency).toBe("CHF");
  expect(currencyOf("FI")).toEqual({ currency: "EUR", perEuro: 1 });
});

test("categories have distinct four-digit codes and positive amounts", () => {
  expect(new Set(merchantCategories.map(({ code }) => code)).size).toBe(merchantCategories.length);
  for (const { code, medianMinor, sigma } of merchantCategories) {
    expect(code).toMatch(/^\d{4}$/);
    expect(medianMinor).toBeGreaterThan(0);
    expect(sigma).toBeGreaterThan(0);
  }
});

test("an index off the lists is refused", () => {
  expect(() => placeAt(places.length)).toThrow(RangeError);
  expect(() => categoryAt(-1)).toThrow(RangeError);
});
