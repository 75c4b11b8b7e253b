import { expect, test } from "vitest";
import { destinations } from "#app/shell/navigation.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { Api } from "./batch.ts";
import { pageBatches } from "./page-batches.ts";

test("of every page of the rail it is known what it asks for", async () => {
  const api = {
    policy: { active: { query: async () => ({ policy: defaultPolicy }) } },
    cost: { read: { query: async () => ({ status: "read", currency: "EUR" }) } },
    performance: { read: { query: async () => ({ status: "read" }) } },
    drift: { read: { query: async () => ({ status: "read" }) } },
  } as unknown as Api;
  const batches = await pageBatches(api);
  expect(destinations.filter(({ href }) => batches[href] === undefined)).toEqual([]);
  expect(Object.keys(batches)).toHaveLength(destinations.length);
});
