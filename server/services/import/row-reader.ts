import type { AttributeValue, PaymentEvent } from "#ml/features/payment-event.ts";
import { minorDigitsOf } from "#server/domain/money.ts";
import { attributeReader, type PaymentBasis } from "./attribute-field.ts";
import type { Tokenizer } from "./card-token.ts";
import { CellError, minorUnits } from "./cell-values.ts";
import { checkPayment } from "./check-payment.ts";
import type { CsvRow } from "./csv-source.ts";
import { Columns, FieldError, type Read } from "./field-readers.ts";
import type { Mapping } from "./mapping.ts";
import { timeColumn } from "./time-field.ts";

export type MappedRow = {
  readonly payment: PaymentEvent;
  /** The id as the file has it, without the mapping's prefix. */
  readonly fileId: string;
  /** null where the mapping names no label column */
  readonly fraud: boolean | null;
};

/** Why a row was not taken; `column` is the file's, empty when it is the row as a whole. */
type Refusal = { readonly column: string; readonly reason: string };

export type RowResult =
  | { readonly kind: "mapped"; readonly mapped: MappedRow }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "filtered" };

export type RowReader = (row: CsvRow) => RowResult;

/**
 * Turns rows of a file into payments as a mapping says. Every payment is held to the rules of the HTTP API.
 * @throws MappingError when the file lacks a column of the mapping.
 */
export function createRowReader(
  mapping: Mapping,
  header: readonly string[],
  { tokenize, nowMs }: { tokenize: Tokenizer; nowMs: number },
): RowReader {
  const columns = new Columns(mapping.name, header, tokenize);
  const isWanted = filterOf(mapping, columns);
  const readRow = mappedRowReader(mapping, columns);
  return (row) => {
    if (row.cells.length !== header.length) {
      return refused("", `has ${row.cells.length} columns where the header has ${header.length}`);
    }
    try {
      if (!isWanted(row)) return { kind: "filtered" };
      const mapped = readRow(row);
      const fault = checkPayment(mapped.payment, nowMs);
      if (fault === null) return { kind: "mapped", mapped };
      return refused(sourceColumn(mapping, fault.field), fault.reason);
    } catch (error) {
      if (error instanceof FieldError) return refused(error.column, error.message);
      throw error;
    }
  };
}

function refused(column: string, reason: string): RowResult {
  return { kind: "refused", refusal: { column, reason } };
}

function mappedRowReader(mapping: Mapping, columns: Columns): Read<MappedRow> {
  const { prefix: idPrefix } = mapping.id;
  const fileId = columns.required({ ...mapping.id, prefix: "" });
  const occurredAtMs = timeColumn(mapping.occurredAt, columns);
  const currency = columns.required(mapping.currency);
  const amount = amountReader(mapping, columns);
  const customerId = columns.required(mapping.customerId);
  const merchantId = columns.required(mapping.merchantId);
  const cardToken = columns.optional(mapping.cardToken);
  const deviceId = columns.optional(mapping.deviceId);
  const ip = columns.optional(mapping.ip);
  const merchantCategory = columns.optional(mapping.merchantCategory);
  const channel = columns.optional(mapping.channel);
  const country = columns.optional(mapping.country);
  const latitude = columns.number(mapping.latitude);
  const longitude = columns.number(mapping.longitude);
  const attributes = attributesReader(mapping, columns);
  const fraud = labelReader(mapping, columns);
  return (row) => {
    const id = fileId(row);
    const code = currency(row);
    const basis = { occurredAtMs: occurredAtMs(row), latitude: latitude(row), longitude: longitude(row) };
    const payment = {
      ...basis,
      id: idPrefix + id,
      amountMinor: amount(row, code),
      currency: code,
      customerId: customerId(row),
      merchantId: merchantId(row),
      cardToken: cardToken(row),
      deviceId: deviceId(row),
      ip: ip(row),
      merchantCategory: merchantCategory(row),
      channel: channel(row),
      country: country(row),
      attributes: attributes(row, basis),
    };
    return { payment, fileId: id, fraud: fraud(row) };
  };
}

/** Major units are read by the decimals of the row's currency. */
function amountReader({ amount }: Mapping, columns: Columns): (row: CsvRow, currency: string) => number {
  const byDigits = new Map<number, Read<number>>();
  const readerFor = (digits: number): Read<number> => {
    const known = byDigits.get(digits);
    if (known !== undefined) return known;
    const reader = columns.read(amount.column, (text) => minorUnits(text, digits));
    byDigits.set(digits, reader);
    return reader;
  };
  readerFor(0); // a missing column is found now
  return (row, currency) => readerFor(amount.unit === "minor" ? 0 : minorDigitsOf(currency))(row);
}

function attributesReader(
  { attributes }: Mapping,
  columns: Columns,
): (row: CsvRow, basis: PaymentBasis) => Readonly<Record<string, AttributeValue>> {
  const readers = attributes.map((field) => [field.name, attributeReader(field, columns)] as const);
  return (row, basis) => {
    const known: Record<string, AttributeValue> = {};
    for (const [name, read] of readers) {
      const value = read(row, basis);
      if (value !== null) known[name] = value;
    }
    return known;
  };
}

function labelReader({ label }: Mapping, columns: Columns): Read<boolean | null> {
  if (label === undefined) return () => null;
  const { column, fraud, legitimate } = label;
  return columns.read(column, (text) => {
    if (fraud.includes(text)) return true;
    if (legitimate.includes(text)) return false;
    throw new CellError("is neither a value for fraud nor one for legitimate");
  });
}

function filterOf({ filter }: Mapping, columns: Columns): Read<boolean> {
  return filter === undefined ? () => true : columns.read(filter.column, (text) => filter.in.includes(text));
}

/** The file's column behind a field of the payment; the field's own name where it comes from no column. */
function sourceColumn(mapping: Mapping, field: string): string {
  const [name, attribute] = field.split(".");
  if (name === "attributes") {
    return mapping.attributes.find((one) => one.name === attribute)?.column ?? field;
  }
  if (name === "amountMinor") return mapping.amount.column;
  const source = name === undefined ? undefined : Object.entries(mapping).find(([key]) => key === name)?.[1];
  return typeof source === "object" && "column" in source && source.column !== undefined
    ? source.column
    : field;
}
