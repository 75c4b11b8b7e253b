import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

test("a path of this site is kept, with its query", () => {
  expect(localPath("/transactions?q=pay_1#row")).toBe("/transactions?q=pay_1#row");
});
test("an address elsewhere becomes its path, never another host", () => {
  expect(localPath("https://evil.example/steal")).toBe("/");
  expect(localPath("//evil.example/steal")).toBe("/");
  expect(localPath("/\\evil.example")).toBe("/");
  expect(localPath("http://evil.example/x")).toBe("/");
});
test("a script or nothing at all leads to the overview", () => {
  expect(localPath("javascript:alert(1)")).toBe("/");
  expect(localPath(undefined)).toBe("/");
  expect(localPath(["/a", "/b"])).toBe("/");
});
test("a path that would become another host's is refused", () => {
  expect(localPath("/.//evil.example")).toBe("/");
});
