import { DAY_MS } from "#server/domain/day.ts";
import { OrderedRows, type ReplayCounts } from "#server/services/import/index.ts";

/**
 * What planning a protocol has to know of every payment, in order of time: a payment's index is its position. Cards
 * (customers, where none is known) are numbers.
 */
export type History = {
  readonly times: Float64Array;
  readonly frauds: Uint8Array;
  readonly cards: Uint32Array;
  readonly files: Uint8Array;
};

/** Reads the files once without computing features. @throws CsvFileError or MappingError */
export async function lookThrough(
  files: ConstructorParameters<typeof OrderedRows>[0],
): Promise<{ history: History; counts: ReplayCounts }> {
  const ordered = new OrderedRows(files);
  const [times, frauds, cards, fileOf]: [number[], number[], number[], number[]] = [[], [], [], []];
  const numbers = new Map<string, number>();
  for await (const batch of ordered.batches()) {
    for (const { row, place } of batch) {
      const card = row.payment.cardToken ?? row.payment.customerId;
      const number = numbers.get(card) ?? numbers.size;
      numbers.set(card, number);
      times.push(row.payment.occurredAtMs);
      frauds.push(row.fraud === true ? 1 : 0);
      cards.push(number);
      fileOf.push(place.file);
    }
  }
  const history = {
    times: Float64Array.from(times),
    frauds: Uint8Array.from(frauds),
    cards: Uint32Array.from(cards),
    files: Uint8Array.from(fileOf),
  };
  return { history, counts: ordered.counts };
}

/** The first and the last time; null without a payment. */
export function extentOf({ times }: Pick<History, "times">): { firstMs: number; lastMs: number } | null {
  if (times.length === 0) return null;
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    firstMs = Math.min(firstMs, time);
    lastMs = Math.max(lastMs, time);
  }
  return { firstMs, lastMs };
}

/** When the day of the first payment begins; infinite without one. */
export function firstDayOf(history: Pick<History, "times">): number {
  return Math.floor((extentOf(history)?.firstMs ?? Number.POSITIVE_INFINITY) / DAY_MS) * DAY_MS;
}
