import type { Tokenizer } from "./card-token.ts";
import { CellError, decimal } from "./cell-values.ts";
import type { CsvRow } from "./csv-source.ts";
import type { TextField } from "./mapping.ts";
import { MappingError } from "./mapping-error.ts";

/** Reads one field of a row. @throws FieldError */
export type Read<T> = (row: CsvRow) => T;

/** A field that cannot be taken, with the file's name of its column. */
export class FieldError extends Error {
  readonly column: string;
  constructor(column: string, reason: string) {
    super(reason);
    this.column = column;
  }
}

/** The readers of a file's columns; cells are trimmed. */
export class Columns {
  readonly #indices: ReadonlyMap<string, number>;
  readonly #title: string;
  readonly #tokenize: Tokenizer;

  constructor(title: string, header: readonly string[], tokenize: Tokenizer) {
    this.#title = title;
    this.#indices = new Map(header.map((name, index) => [name, index]));
    this.#tokenize = tokenize;
  }

  /** @throws MappingError when the file has no such column. */
  read<T>(column: string, parse: (text: string) => T): Read<T> {
    const index = this.#indices.get(column);
    if (index === undefined) {
      const known = [...this.#indices.keys()].join(", ");
      throw new MappingError(
        `The mapping ${this.#title} reads the column "${column}", which the file does not have. It has: ${known}.`,
      );
    }
    return (row) => {
      try {
        return parse((row.cells[index] ?? "").trim());
      } catch (error) {
        throw error instanceof CellError ? new FieldError(column, error.message) : error;
      }
    };
  }

  /** A text, null where the cell is empty. */
  text(field: TextField): Read<string | null> {
    const { prefix, constant, column } = field;
    if (constant !== undefined) return () => prefix + constant;
    if (column === undefined) return (row) => `${prefix}${row.row}`;
    return this.read(column, (text) => (text === "" ? null : prefix + this.#changed(text, field)));
  }

  /** A text that every row must have; of a field left out, null. */
  required(field: TextField): Read<string> {
    const read = this.text(field);
    return (row) => {
      const text = read(row);
      if (text === null) throw new FieldError(field.column ?? "", "is empty");
      return text;
    };
  }

  optional(field: TextField | undefined): Read<string | null> {
    return field === undefined ? () => null : this.text(field);
  }

  number(field: { readonly column: string } | undefined): Read<number | null> {
    if (field === undefined) return () => null;
    return this.read(field.column, (text) => (text === "" ? null : decimal(text)));
  }

  #changed(text: string, { values, otherwise, tokenize, uuid }: TextField): string {
    if (tokenize) return this.#tokenize(text);
    if (uuid) return asUuid(text);
    if (values === undefined) return text;
    const value = Object.hasOwn(values, text) ? values[text] : otherwise;
    if (value === undefined) throw new CellError("has a value that the mapping does not list");
    return value;
  }
}

function asUuid(text: string): string {
  const match = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i.exec(text);
  if (match === null) throw new CellError("is not 32 hexadecimal digits");
  return match.slice(1).join("-").toLowerCase();
}
