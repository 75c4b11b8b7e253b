import { expect, test } from "vitest";
import { viewAddress } from "./view-address.ts";

test("a view keeps filters and order, not the row one is on", () => {
  expect(viewAddress("?queue=q1&order=due&row=c1&q=cus_1")).toBe("queue=q1&order=due&q=cus_1");
  expect(viewAddress("")).toBe("");
});
