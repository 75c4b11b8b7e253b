import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import type { BenchSet, Slice } from "./bench-set.ts";

const DAY_MS = 86_400_000;
/** Amount, then the columns of features.csv.gz after the id. */
const WIDTH = 15;

type Row = { readonly day: number; readonly label: 0 | 1; readonly features: Float64Array };

/**
 * The Handbook's weeks as training sets, all of them before its test weeks: seven days to train on, judged on the
 * seven days that begin a fortnight later. Null when the data are not there.
 */
export async function handbookSets(folder: string, firstDays: readonly string[]): Promise<BenchSet[] | null> {
  const files = { features: join(folder, "features.csv.gz"), payments: join(folder, "transactions.csv.gz") };
  if (!existsSync(files.features) || !existsSync(files.payments)) return null;
  const starts = firstDays.map((day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS);
  const last = Math.max(...starts) + 21;
  const rows = await readRows(files, Math.min(...starts), last);
  return starts.map((start, i) => ({
    name: `Handbook week of ${firstDays[i]}`,
    width: WIDTH,
    train: sliceOf(rows.filter(({ day }) => day >= start && day < start + 7)),
    test: sliceOf(rows.filter(({ day }) => day >= start + 14 && day < start + 21)),
  }));
}

async function readRows(
  files: { readonly features: string; readonly payments: string },
  from: number,
  to: number,
): Promise<Row[]> {
  const payments = new Map<string, { day: number; amount: number; label: 0 | 1 }>();
  await eachLine(files.payments, (cell) => {
    const day = Math.floor(Date.parse(`${cell("TX_DATETIME").replace(" ", "T")}Z`) / DAY_MS);
    if (day < from || day >= to) return;
    const label = cell("TX_FRAUD") === "1" ? 1 : 0;
    payments.set(cell("TRANSACTION_ID"), { day, label, amount: Number(cell("TX_AMOUNT")) });
  });
  const rows: Row[] = [];
  await eachLine(files.features, (cell, cells) => {
    const payment = payments.get(cell("TRANSACTION_ID"));
    if (payment === undefined) return;
    const { day, label, amount } = payment;
    rows.push({ day, label, features: Float64Array.from([amount, ...cells.slice(1).map(Number)]) });
  });
  return rows;
}

async function eachLine(
  file: string,
  visit: (cell: (name: string) => string, cells: readonly string[]) => void,
): Promise<void> {
  const places = new Map<string, number>();
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    const cells = line.split(",");
    if (places.size === 0) for (const [place, name] of cells.entries()) places.set(name, place);
    else visit((name) => cells[places.get(name) ?? -1] ?? "", cells);
  }
}

function sliceOf(rows: readonly Row[]): Slice {
  const features = new Float64Array(rows.length * WIDTH);
  for (const [i, row] of rows.entries()) features.set(row.features, i * WIDTH);
  return { rows: rows.length, features, labels: Uint8Array.from(rows, ({ label }) => label) };
}
