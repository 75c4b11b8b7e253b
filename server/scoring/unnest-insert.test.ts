import { expect, test } from "vitest";
import { type Column, insertOf, insertStatement } from "./unnest-insert.ts";

type Row = { readonly id: string; readonly amount: number };
const columns: readonly Column<Row>[] = [
  ["id", "text", (row) => row.id],
  ["amount", "bigint", (row) => row.amount],
];

test("rows become one array per column, and tables one part each", () => {
  const rows = [
    { id: "a", amount: 1 },
    { id: "b", amount: 2 },
  ];
  const statement = insertStatement([
    insertOf("payment", columns, rows),
    insertOf("copy", columns.slice(0, 1), rows),
  ]);
  expect(statement.values).toEqual([
    ["a", "b"],
    [1, 2],
    ["a", "b"],
  ]);
  expect(statement.text).toBe(
    'with i0 as (insert into "payment" (id, amount) select * from unnest($1::text[], $2::bigint[])),\n' +
      'i1 as (insert into "copy" (id) select * from unnest($3::text[]))\nselect 1',
  );
});

test("the text does not depend on the rows, so that it can be prepared", () => {
  const none = insertStatement([insertOf("payment", columns, [])]);
  const one = insertStatement([insertOf("payment", columns, [{ id: "a", amount: 1 }])]);
  expect(none.text).toBe(one.text);
  expect(none.values).toEqual([[], []]);
});
