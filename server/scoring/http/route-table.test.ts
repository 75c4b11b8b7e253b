import { expect, test } from "vitest";
import { RouteTable } from "./route-table.ts";

test("the methods of an address are known, queries left out", () => {
  const table = new RouteTable();
  table.add("GET", "/v1/transactions/:id");
  table.add(["HEAD"], "/v1/transactions/:id");
  table.add("POST", "/v1/score");
  expect(table.methodsOf("/v1/transactions/pay_1?x=1")).toEqual(["GET", "HEAD"]);
  expect(table.methodsOf("/v1/score")).toEqual(["POST"]);
  expect(table.methodsOf("/v1/score/batch")).toEqual([]);
  expect(table.methodsOf("/v1/transactions/a/b")).toEqual([]);
});

test("dots of an address are dots", () => {
  const table = new RouteTable();
  table.add("GET", "/v1/openapi.json");
  expect(table.methodsOf("/v1/openapi-json")).toEqual([]);
});
