import { BinaryArrays, type ElementType, type ElementValue } from "./binary-arrays.ts";

/**
 * One column of a table to write: its name, its PostgreSQL type, and the value of a row. The value of a `shared` column
 * is the same in every row, is taken from the first, and is sent once.
 */
export type Column<Row> = readonly [
  name: string,
  type: ElementType,
  read: (row: Row) => ElementValue,
  shared?: "shared",
];

/** Rows for one table. */
export type Insert = {
  readonly table: string;
  readonly columns: readonly (readonly [name: string, type: ElementType, shared: boolean])[];
  readonly rows: number;
  /** The values of a column, in PostgreSQL's binary format. */
  encode(column: number, arrays: BinaryArrays): Buffer | string | null;
};

export function insertOf<Row>(table: string, columns: readonly Column<Row>[], rows: readonly Row[]): Insert {
  return {
    table,
    columns: columns.map(([name, type, , shared]) => [name, type, shared === "shared"]),
    rows: rows.length,
    encode(column, arrays) {
      const [, type, read, shared] = columns[column] as Column<Row>;
      if (shared === undefined) return arrays.write(type, rows, read);
      const value = rows[0] === undefined ? null : read(rows[0]);
      return value === null ? null : String(value);
    },
  };
}

export type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] };

type Prepared = { readonly name: string; readonly text: string };
const prepared = new Map<string, Prepared>();

/**
 * One statement that writes to every table that has rows by one `insert ... select from unnest` each: all of it or
 * nothing, in one round trip. Rows keep their order, and so do the sequence numbers that the table gives them. Its
 * name stands for its text, so that it stays prepared. The values are valid until `arrays` is reset.
 *
 * With `turn` it writes only if the batch before was number `turn - 1`, and answers with one row: the turn, null when
 * it was not its turn, and the highest `seq` of the first table.
 */
export function insertStatement(
  inserts: readonly Insert[],
  arrays = new BinaryArrays(),
  turn: number | null = null,
): Statement {
  const present = inserts.filter(({ rows }) => rows > 0);
  const values = present.flatMap((insert) => insert.columns.map((_, c) => insert.encode(c, arrays)));
  return {
    ...preparedFor(present, turn !== null),
    values: turn === null ? values : [...values, String(turn)],
  };
}

function preparedFor(inserts: readonly Insert[], inTurn: boolean): Prepared {
  const shape = inserts.map(({ table, columns }) => `${table}(${columns.join(";")})`).join() + inTurn;
  const known = prepared.get(shape);
  if (known !== undefined) return known;
  const made = { name: `write-decisions-${prepared.size}`, text: textOf(inserts, inTurn) };
  prepared.set(shape, made);
  return made;
}

function textOf(inserts: readonly Insert[], inTurn: boolean): string {
  let parameter = 0;
  const parts = inserts.map(({ table, columns }, i) => {
    const placed = columns.map(([name, type, shared]) => ({ name, type, shared, at: `$${++parameter}` }));
    const lists = placed.filter(({ shared }) => !shared);
    const arrays = lists.map(({ at, type }) => `${at}::${type}[]`).join(", ");
    const values = placed.map(({ name, type, shared, at }) => (shared ? `${at}::${type}` : `u.${name}`));
    const names = placed.map(({ name }) => name).join(", ");
    const condition = inTurn ? ` where exists (select from turn)${i === 0 ? " returning seq" : ""}` : "";
    return `i${i} as (insert into "${table}" (${names}) select ${values.join(", ")}
      from unnest(${arrays}) as u(${lists.map(({ name }) => name).join(", ")})${condition})`;
  });
  if (inTurn) {
    const turn = `$${++parameter}::bigint`;
    parts.unshift(`turn as (update scoring_turn set turn = ${turn} where turn = ${turn} - 1 returning turn)`);
    return `with ${parts.join(",\n")}
      select (select turn::float8 from turn), (select max(seq)::float8 from i0)`;
  }
  return parts.length === 0 ? "select 1" : `with ${parts.join(",\n")}\nselect 1`;
}
