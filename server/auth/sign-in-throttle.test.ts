import { expect, test } from "vitest";
import { SignInThrottle } from "./sign-in-throttle.ts";

const at = (seconds: number): Date => new Date(1_700_000_000_000 + seconds * 1000);
const failing = (times: number): SignInThrottle => {
  const throttle = new SignInThrottle();
  for (let i = 0; i < times; i++) throttle.recordFailure("a@b.test", at(i));
  return throttle;
};

test("an account rests after the eighth failure, not before", () => {
  expect(failing(7).isResting("a@b.test", at(8))).toBe(false);
  expect(failing(8).isResting("a@b.test", at(8))).toBe(true);
});
test("other accounts are not touched", () => expect(failing(8).isResting("c@d.test", at(8))).toBe(false));
test("the rest is over five minutes after the first failure", () => {
  const throttle = failing(8);
  expect(throttle.isResting("a@b.test", at(299))).toBe(true);
  expect(throttle.isResting("a@b.test", at(300))).toBe(false);
});
test("success forgets the failures", () => {
  const throttle = failing(7);
  throttle.recordSuccess("a@b.test");
  throttle.recordFailure("a@b.test", at(8));
  expect(throttle.isResting("a@b.test", at(9))).toBe(false);
});
test("endless addresses don't fill the memory, and the oldest is forgotten first", () => {
  const throttle = failing(8);
  for (let i = 0; i < 10_000; i++) throttle.recordFailure(`x${i}@b.test`, at(9));
  expect(throttle.isResting("a@b.test", at(10))).toBe(false);
});
