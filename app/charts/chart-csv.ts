export type TableOfValues = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

/** RFC 4180 text of the values; a missing value is an empty field. */
export function toCsv({ columns, rows }: TableOfValues): string {
  return [columns, ...rows].map((row) => row.map(csvField).join(",")).join("\r\n");
}

/** Text that a spreadsheet would take for a formula gets a leading apostrophe. */
function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
