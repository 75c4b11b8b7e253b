import { findCardData } from "#server/domain/card-number.ts";
import type { Mapping } from "./mapping.ts";
import type { Refusal } from "./row-reader.ts";

export const MASK = "[card number removed]";

/** Makes a refused row fit to be shown and kept: cells that may hold card data are masked. */
export type RefusalMask = (refusal: Refusal) => readonly string[];

/** Masks columns that the mapping tokenizes, columns named like card secrets, and cells that look like card numbers. */
export function refusalMask(mapping: Mapping, header: readonly string[]): RefusalMask {
  const secret = new Set(
    [mapping.id, mapping.customerId, mapping.merchantId, mapping.cardToken, mapping.deviceId].flatMap(
      (field) => (field?.tokenize === true && field.column !== undefined ? [field.column] : []),
    ),
  );
  return ({ row }) =>
    row.cells.map((cell, index) => {
      const name = header[index] ?? "";
      return cell !== "" && (secret.has(name) || findCardData({ [name]: cell }).length > 0) ? MASK : cell;
    });
}

/** A line of CSV; cells with a delimiter, quote or line break are quoted. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}
