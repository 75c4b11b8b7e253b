import { expect, test } from "vitest";
import { dueNow } from "./due.ts";

const now = new Date("2026-11-20T12:00:00.000Z");

test("a promise is late from the moment it was due", () => {
  expect(dueNow("2026-11-20T12:00:00.000Z", now)).toEqual({ shape: "▲", word: "0 s late", tone: "decline" });
  expect(dueNow("2026-11-20T09:30:00.000Z", now).word).toBe("2 h late");
});

test("within the hour it is due soon, before that in time", () => {
  expect(dueNow("2026-11-20T13:00:00.000Z", now)).toMatchObject({ tone: "review", word: "due in 1 h" });
  expect(dueNow("2026-11-20T13:00:01.000Z", now)).toMatchObject({ tone: "neutral", word: "in 1 h" });
});
