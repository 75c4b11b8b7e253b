import { findCardData } from "#server/domain/card-number.ts";
import type { Mapping } from "./mapping.ts";

export const MASK = "[card number removed]";

/** Makes the cells of a refused row fit to be shown and kept. */
export type CellMask = (cells: readonly string[]) => readonly string[];

/**
 * Masks the columns given, columns named like card secrets, and every cell or column name that looks like a card
 * number.
 */
export function cellMask(header: readonly string[], secretColumns: ReadonlySet<string>): CellMask {
  return (cells) =>
    cells.map((cell, index) => {
      const name = header[index] ?? "";
      const hides = secretColumns.has(name) || findCardData({ [name]: cell }).length > 0;
      return hides && cell !== "" ? MASK : cell;
    });
}

/** The columns that a mapping takes for card numbers, whatever they hold. */
export function tokenizedColumns(mapping: Mapping): ReadonlySet<string> {
  const { id, customerId, merchantId, cardToken, deviceId, ip, merchantCategory, channel, country } = mapping;
  const fields = [id, customerId, merchantId, cardToken, deviceId, ip, merchantCategory, channel, country];
  return new Set(
    fields.flatMap((field) => (field?.tokenize === true && field.column !== undefined ? [field.column] : [])),
  );
}

/** A line of CSV; cells with a delimiter, quote or line break are quoted. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}
