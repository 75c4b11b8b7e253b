import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { permissionsOfRole, roles } from "#server/domain/permission.ts";
import { destinations, isAt } from "./navigation.ts";

const app = resolve(import.meta.dirname, "..");

function filesNamed(name: RegExp, folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => name.test(path))
    .map((path) => join(folder, path));
}

const pages = filesNamed(/(^|\/)page\.tsx$/, join(app, "(ops)")).map((file) => {
  const address = `/${relative(join(app, "(ops)"), file).replace(/\/?page\.tsx$/, "")}`;
  return { address, source: readFileSync(file, "utf8") };
});

test("every page that needs signing in belongs to a destination", () => {
  const strays = pages.filter(({ address }) => !destinations.some((each) => isAt(each, address)));
  expect(strays.map(({ address }) => address)).toEqual([]);
});

test.each(pages)("$address refuses the roles that lack its permission", ({ address, source }) => {
  const permission = destinations.find((each) => isAt(each, address))?.permission;
  const forAll = roles.every((role) => permission && permissionsOfRole[role].has(permission));
  if (forAll) return;
  expect(source).toContain(`await refusedUnless("${permission}", `);
  expect(source).toContain("if (refused !== null) return refused;");
});

test("each key after g leads to one page", () => {
  const keys = destinations.map(({ key }) => key);
  expect(keys.length).toBe(new Set(keys).size);
});

/** Who may call the web server's handlers: signing in is for anyone, tRPC asks procedure by procedure. */
const handlers: Readonly<Record<string, "public" | "by procedure">> = {
  "api/auth/[...nextauth]/route.ts": "public",
  "api/trpc/[trpc]/route.ts": "by procedure",
};

test("no route handler is missing from the table", () => {
  const found = filesNamed(/(^|\/)route\.tsx?$/, app).map((file) => relative(app, file));
  expect(found.sort()).toEqual(Object.keys(handlers).sort());
});
