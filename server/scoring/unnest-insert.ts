/** One column of a table to write: its name, its PostgreSQL type, and the value of a row. */
export type Column<Row> = readonly [name: string, type: string, read: (row: Row) => unknown];

export type Insert = {
  readonly table: string;
  readonly columns: readonly (readonly [string, string])[];
  readonly arrays: readonly unknown[][];
};

/** The rows as one array per column. */
export function insertOf<Row>(table: string, columns: readonly Column<Row>[], rows: readonly Row[]): Insert {
  return {
    table,
    columns: columns.map(([name, type]) => [name, type]),
    arrays: columns.map(([, , read]) => rows.map(read)),
  };
}

/**
 * One statement that writes to every table by one `insert ... select from unnest` each: all of it or nothing, in one
 * round trip. Rows keep their order, and so do the sequence numbers that the table gives them.
 */
export function insertStatement(inserts: readonly Insert[]): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts = inserts.map(({ table, columns, arrays }, i) => {
    const arguments_ = columns.map(([, type], c) => {
      values.push(arrays[c]);
      return `$${values.length}::${type}[]`;
    });
    const names = columns.map(([name]) => name).join(", ");
    return `i${i} as (insert into "${table}" (${names}) select * from unnest(${arguments_.join(", ")}))`;
  });
  return { text: `with ${parts.join(",\n")}\nselect 1`, values };
}
