import type {
  ImportCounts,
  MappedFile,
  Mapping,
  RefusalFile,
  RefusedRow,
} from "#server/services/import/index.ts";

const SHOWN_ROWS = 3;

/** What an import did, in lines for a person. */
export function importReport(
  counts: ImportCounts,
  { featureSet, label }: Mapping,
  refusals: Pick<RefusalFile, "path" | "count">,
): string[] {
  const lines = [
    countLine("Rows read", counts.read),
    ...(counts.leftOut > 0 ? [countLine("Left out by filter or days", counts.leftOut)] : []),
    countLine("New payments", counts.added),
    countLine("Already there", counts.alreadyThere),
    ...(label === undefined
      ? []
      : [countLine("Frauds", counts.frauds), countLine("New fraud labels", counts.labelsAdded)]),
    countLine("Out of time order", counts.outOfOrder),
    countLine("Refused", counts.refused),
  ];
  if (counts.firstMs !== null && counts.lastMs !== null) {
    lines.push(`  ${"Payments from".padEnd(28)}${timeOf(counts.firstMs)} to ${timeOf(counts.lastMs)}`);
    lines.push(`  ${"Feature set for training".padEnd(28)}${featureSet.name}`);
  }
  if (refusals.count > 0)
    lines.push(`The refused rows, with line, column and reason, are in ${refusals.path}`);
  return lines;
}

/**
 * Reads the whole file and writes nothing: shows the first payments as they would be, every refused row, and the
 * counts. Returns the exit code: 1 when no row could be read.
 */
export async function printDryRun(
  file: MappedFile,
  mapping: Mapping,
  print: (line: string) => void,
): Promise<number> {
  let [mapped, refused, leftOut, frauds] = [0, 0, 0, 0];
  for await (const batch of file.batches) {
    for (const { payment, fraud } of batch.rows) {
      const { occurredAtMs, ...rest } = payment;
      if (mapped < SHOWN_ROWS) {
        print(JSON.stringify({ occurredAt: new Date(occurredAtMs).toISOString(), ...rest, fraud }, null, 2));
      }
      mapped += 1;
      frauds += fraud === true ? 1 : 0;
    }
    for (const row of batch.refused) print(refusalLine(row));
    refused += batch.refused.length;
    leftOut += batch.leftOut;
  }
  print("Dry run: nothing was written.");
  print(countLine("Rows read", mapped + refused + leftOut));
  print(countLine("Left out by filter or days", leftOut));
  print(countLine("Would be imported", mapped));
  if (mapping.label !== undefined) print(countLine("Frauds among them", frauds));
  print(countLine("Refused", refused));
  return mapped + leftOut > 0 ? 0 : 1;
}

/** "Refused line 12, TX_AMOUNT: is negative". */
export function refusalLine({ line, column, reason }: RefusedRow): string {
  return `Refused line ${line}${column === "" ? "" : `, ${column}`}: ${reason}`;
}

/** "  Rows read      1,234". */
export function countLine(name: string, count: number): string {
  return `  ${name.padEnd(28)}${count.toLocaleString("en").padStart(12)}`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace("T", " ");
}
