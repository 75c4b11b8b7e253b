import { z } from "zod";
import type { AttributeValue } from "#ml/features/payment-event.ts";
import { haversineKm } from "#ml/features/place-table.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { decimal, isoTimeMs } from "./cell-values.ts";
import type { CsvRow } from "./csv-source.ts";
import { type Columns, FieldError } from "./field-readers.ts";

const Column = z.string().min(1);

/** A column kept beside the payment, as it stands or as what it says about the payment. */
export const AttributeField = z
  .strictObject({
    column: Column,
    /** The attribute's name; the column's own when left out. */
    name: z.string().min(1).max(64).optional(),
    /**
     * `years`: from the date in the column to the payment, such as an age. `distance`: km between the payment's place
     * and that of `column` (its latitude) and `longitude`, such as the customer's home.
     */
    type: z.enum(["number", "string", "boolean", "years", "distance"]).default("number"),
    /** Values of the column that mean "not known"; an empty cell always does. */
    missing: z.array(z.string()).default([]),
    /** For booleans: the column's values that are true; all others are false. */
    trueWhen: z.array(z.string()).min(1).default(["1", "true"]),
    /** For numbers: texts in their order; a text counts as its place from 0, another as unknown. */
    order: z.array(z.string()).min(2).optional(),
    /** For distances: the column of the other place's longitude. */
    longitude: Column.optional(),
  })
  .refine((field) => field.order === undefined || field.type === "number", '"order" is for numbers')
  .refine(
    (field) => (field.type === "distance") === (field.longitude !== undefined),
    '"longitude" goes with the type "distance"',
  )
  .transform((field) => ({ ...field, name: field.name ?? field.column }));
export type AttributeField = z.infer<typeof AttributeField>;

/** What an attribute may look at beside its own column. */
export type PaymentBasis = {
  readonly occurredAtMs: number;
  readonly latitude: number | null;
  readonly longitude: number | null;
};

/** Reads an attribute; null where its value is missing. @throws MappingError when a column is not in the file. */
export function attributeReader(
  field: AttributeField,
  columns: Columns,
): (row: CsvRow, basis: PaymentBasis) => AttributeValue | null {
  const known = <T>(parse: (text: string) => T): ((row: CsvRow) => T | null) =>
    columns.read(field.column, (text) => (text === "" || field.missing.includes(text) ? null : parse(text)));
  if (field.type === "distance") {
    const longitude = columns.number(columnOf(field));
    return distanceReader(field.column, { latitude: known(decimal), longitude });
  }
  if (field.type === "years") {
    const date = known(isoTimeMs);
    return (row, { occurredAtMs }) => yearsBetween(date(row), occurredAtMs);
  }
  if (field.type === "boolean") return known((text) => field.trueWhen.includes(text));
  if (field.type === "string") return known((text) => text);
  const { order } = field;
  return order === undefined ? known(decimal) : known((text) => placeIn(order, text));
}

const DAYS_A_YEAR = 365.25;

function yearsBetween(fromMs: number | null, toMs: number): number | null {
  return fromMs === null ? null : (toMs - fromMs) / (DAYS_A_YEAR * DAY_MS);
}

function placeIn(order: readonly string[], text: string): number | null {
  const place = order.indexOf(text);
  return place < 0 ? null : place;
}

function columnOf({ longitude }: AttributeField): { readonly column: string } | undefined {
  return longitude === undefined ? undefined : { column: longitude };
}

type Coordinate = (row: CsvRow) => number | null;

function distanceReader(
  column: string,
  { latitude, longitude }: { latitude: Coordinate; longitude: Coordinate },
): (row: CsvRow, basis: PaymentBasis) => number | null {
  return (row, basis) => {
    const [lat, long] = [latitude(row), longitude(row)];
    if (lat === null || long === null || basis.latitude === null || basis.longitude === null) return null;
    if (Math.abs(lat) > 90 || Math.abs(long) > 180) throw new FieldError(column, "is no place on earth");
    return haversineKm(lat, long, basis.latitude, basis.longitude);
  };
}
