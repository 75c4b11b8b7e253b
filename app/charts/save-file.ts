import { type TableOfValues, toCsv } from "./chart-csv.ts";

/** Hands a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Values as a CSV file; `fileName` without its ending. */
export function saveCsv(values: TableOfValues, fileName: string): void {
  saveFile(new Blob([toCsv(values)], { type: "text/csv;charset=utf-8" }), `${fileName}.csv`);
}
