import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("everything but what needs other programs is measured unless said otherwise", () => {
  expect(readOptions([]).phases).toEqual([
    "closed",
    "open",
    "batch",
    "training",
    "dashboard",
    "start",
    "overload",
  ]);
  expect(readOptions(["--peer"]).phases).toContain("peer");
  expect(readOptions(["--only", "batch,closed", "--servers"]).phases).toEqual(["closed", "batch", "servers"]);
});

test("a quick run is smaller in every way, and each size can be set", () => {
  const [usual, quick] = [readOptions([]), readOptions(["--quick"])];
  expect(quick.payments).toBeLessThan(usual.payments);
  expect(quick.seconds).toBeLessThan(usual.seconds);
  expect(readOptions(["--quick", "--payments", "7", "--connections", "2,8"])).toMatchObject({
    payments: 7,
    connections: [2, 8],
  });
});

test("a running server is measured without what needs our own", () => {
  const { phases, url } = readOptions(["--url", "http://127.0.0.1:3001", "--key", "assay_x", "--peer"]);
  expect(phases).toEqual(["closed", "open", "batch", "overload"]);
  expect(url?.port).toBe("3001");
});

test("what makes no sense is refused", () => {
  expect(() => readOptions(["--only", "fast"])).toThrow(/no phase "fast"/);
  expect(() => readOptions(["--seconds", "0"])).toThrow(/--seconds/);
  expect(() => readOptions(["--url", "http://localhost"])).toThrow(/--key/);
});
