import { expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

test("the name with the fewest changed letters is meant, case aside, and a far one never", () => {
  const known = ["customer_count_1h", "customer_count_1d", "country", "currency"];
  expect(nearestName("custmer_count_1h", known)).toBe("customer_count_1h");
  expect(nearestName("CURRENCY", known)).toBe("currency");
  expect(nearestName("cuontry", known)).toBe("country");
  expect(nearestName("velocity", known)).toBeNull();
  expect(nearestName("x", [])).toBeNull();
});
