import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hasPermission, permissions, permissionsOfRole, requirePermission, roles } from "./permission.ts";

test("the manual's table of roles is the one that counts", () => {
  const manual = readFileSync(new URL("../../docs/reviewing.md", import.meta.url), "utf8");
  const rows = [...manual.matchAll(/^\| [^|]+ \| `([\w:]+)` \|(.*)\|$/gm)];
  const told = rows.map(([, permission, marks = ""]) => [
    permission,
    marks.split("|").map((mark) => mark.trim() === "✓"),
  ]);
  const counts = permissions.map((permission) => [
    permission,
    roles.map((role) => permissionsOfRole[role].has(permission)),
  ]);
  expect(told).toEqual(counts);
});

test("an admin may everything, a viewer changes nothing", () => {
  expect([...permissionsOfRole.admin].sort()).toEqual([...permissions].sort());
  expect([...permissionsOfRole.viewer].filter((permission) => !permission.endsWith(":read"))).toEqual([]);
});

test("whoever may answer an approval may read approvals", () => {
  const answering = roles.filter((role) => permissionsOfRole[role].has("approval:answer"));
  expect(answering.filter((role) => !permissionsOfRole[role].has("approval:ask"))).toEqual([]);
});

test("a key may what its scopes say; a refusal names what is missing", () => {
  const key = { kind: "api_key", id: "k", name: "checkout", scopes: ["label"] } as const;
  expect([hasPermission(key, "label:record"), hasPermission(key, "transaction:score")]).toEqual([
    true,
    false,
  ]);
  expect(() => requirePermission(key, "audit:read")).toThrow("audit:read");
});
