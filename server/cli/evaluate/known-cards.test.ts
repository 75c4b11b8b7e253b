import { expect, test } from "vitest";
import { KnownCards } from "./known-cards.ts";

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const trainFrom = at("2018-07-25") - 43_200_000;

test("with a gap of 7 days a fraud is known from the 8th day after it on, whatever the time of day", () => {
  const cards = new KnownCards<string>(trainFrom, 7);
  cards.addFraud("c", Date.parse("2018-08-01T23:59:59Z"));
  expect(cards.isKnown("c", Date.parse("2018-08-08T23:59:59Z"))).toBe(false);
  expect(cards.isKnown("c", Date.parse("2018-08-09T00:00:00Z"))).toBe(true);
});

test("every fraud of the training week is known on the first test day, none from before it", () => {
  const cards = new KnownCards<string>(trainFrom, 7);
  cards.addFraud("before", trainFrom - 1);
  cards.addFraud("first", trainFrom);
  cards.addFraud("last", at("2018-07-31"));
  const known = ["before", "first", "last", "never"].filter((card) => cards.isKnown(card, at("2018-08-08")));
  expect(known).toEqual(["first", "last"]);
});

test("a later fraud does not make a card known later", () => {
  const cards = new KnownCards<string>(trainFrom, 7);
  cards.addFraud("c", at("2018-07-26"));
  cards.addFraud("c", at("2018-08-07"));
  expect(cards.isKnown("c", at("2018-08-08"))).toBe(true);
});
