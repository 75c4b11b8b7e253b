import { expect, test } from "vitest";
import { type Column, insertOf, insertStatement } from "./unnest-insert.ts";

type Row = { readonly id: string; readonly amount: number; readonly origin: string };
const columns: readonly Column<Row>[] = [
  ["id", "text", (row) => row.id],
  ["amount", "bigint", (row) => row.amount],
  ["origin", "text", (row) => row.origin, "shared"],
];
const rows: readonly Row[] = [
  { id: "a", amount: 1, origin: "api" },
  { id: "b", amount: 2, origin: "api" },
];

test("rows become one array per column, shared values one parameter, and tables one part each", () => {
  const { text, values } = insertStatement([
    insertOf("payment", columns, rows),
    insertOf("copy", columns.slice(0, 1), rows),
  ]);
  expect(text.replace(/\s+/g, " ")).toBe(
    'with i0 as (insert into "payment" (id, amount, origin) select u.id, u.amount, $3::text ' +
      "from unnest($1::text[], $2::bigint[]) as u(id, amount)), " +
      'i1 as (insert into "copy" (id) select u.id from unnest($4::text[]) as u(id)) select 1',
  );
  expect(values).toHaveLength(4);
  expect(values[2]).toBe("api");
});

test("tables without rows are left out, and the name stands for what is left", () => {
  const both = insertStatement([insertOf("payment", columns, rows), insertOf("copy", columns, rows)]);
  const one = insertStatement([insertOf("payment", columns, rows), insertOf("copy", columns, [])]);
  const again = insertStatement([insertOf("payment", columns, rows.slice(0, 1))]);
  expect([one.name, one.text]).toEqual([again.name, again.text]);
  expect(one.name).not.toBe(both.name);
  expect(insertStatement([insertOf("payment", columns, [])])).toMatchObject({ text: "select 1", values: [] });
});

test("in a turn everything depends on the number of the batch before", () => {
  const { text, values } = insertStatement([insertOf("payment", columns.slice(0, 1), rows)], undefined, 7);
  expect(text.replace(/\s+/g, " ")).toBe(
    "with turn as (update scoring_turn set turn = $2::bigint where turn = $2::bigint - 1 returning turn), " +
      'i0 as (insert into "payment" (id) select u.id from unnest($1::text[]) as u(id) ' +
      "where exists (select from turn) returning seq) " +
      "select (select turn::float8 from turn), (select max(seq)::float8 from i0)",
  );
  expect(values[1]).toBe("7");
});
