import type { RulePayment } from "../rule/vocabulary.ts";
import type { RuleHit } from "../transaction.ts";
import { ipRange, ipv4Number, ipv6Digits, maskedIpv4 } from "./ip-range.ts";
import { type ListEffect, type ListKind, listKinds } from "./list-entry.ts";

/** An entry as it is stored. */
export type ListedValue = {
  readonly id: string;
  readonly list: ListEffect;
  readonly kind: ListKind;
  readonly value: string;
  /** null: it counts until it is removed */
  readonly expiresAtMs: number | null;
  readonly removed: boolean;
};

type Entry = { readonly id: string; readonly expiresAtMs: number; readonly hit: RuleHit };

/** One list: looked up by a map per kind, addresses by the ranges they may be in. */
type List = { readonly values: ByKind; readonly addresses: Addresses };
type ByKind = Readonly<Record<Exclude<ListKind, "ip">, ReadonlyMap<string, Entry>>>;
type Addresses = {
  readonly four: ReadonlyMap<number, ReadonlyMap<number, Entry>>;
  readonly six: ReadonlyMap<number, ReadonlyMap<string, Entry>>;
};

export type Lists = Readonly<Record<ListEffect, List>>;

export type Listed = { readonly list: ListEffect; readonly hit: RuleHit };

const emptyList: List = {
  values: {
    customer: new Map(),
    card: new Map(),
    device: new Map(),
    merchant: new Map(),
    country: new Map(),
  },
  addresses: { four: new Map(), six: new Map() },
};
export const emptyLists: Lists = { block: emptyList, allow: emptyList };

/**
 * The lists after changes; those before stay as they are, for decisions under way. Removals count before additions,
 * so that a value that was removed and put back is there.
 */
export function changedLists(before: Lists, changes: readonly ListedValue[]): Lists {
  return {
    block: changedList(
      before.block,
      changes.filter(({ list }) => list === "block"),
    ),
    allow: changedList(
      before.allow,
      changes.filter(({ list }) => list === "allow"),
    ),
  };
}

/**
 * The list that a payment is on at a time: the block list before the allow list; null when neither. Reads one map per
 * kind, whatever the lists' length.
 */
export function findListed({ block, allow }: Lists, payment: RulePayment, nowMs: number): Listed | null {
  const blocked = findIn(block, payment, nowMs);
  if (blocked !== null) return { list: "block", hit: blocked };
  const allowed = findIn(allow, payment, nowMs);
  return allowed === null ? null : { list: "allow", hit: allowed };
}

function findIn({ values, addresses }: List, payment: RulePayment, nowMs: number): RuleHit | null {
  const entry =
    present(values.customer, payment.customerId, nowMs) ??
    present(values.card, payment.cardToken, nowMs) ??
    present(values.device, payment.deviceId, nowMs) ??
    present(values.merchant, payment.merchantId, nowMs) ??
    present(values.country, payment.country, nowMs) ??
    inRange(addresses, payment.ip, nowMs);
  return entry === null ? null : entry.hit;
}

function present<Key>(entries: ReadonlyMap<Key, Entry>, key: Key | null, nowMs: number): Entry | null {
  if (key === null || entries.size === 0) return null;
  const entry = entries.get(key);
  return entry !== undefined && entry.expiresAtMs > nowMs ? entry : null;
}

/** Looks once for every length of range that the list has, the smallest range first. */
function inRange({ four, six }: Addresses, ip: string | null, nowMs: number): Entry | null {
  if (ip === null) return null;
  const number = four.size === 0 ? null : ipv4Number(ip);
  if (number !== null) {
    for (const [bits, ranges] of four) {
      const entry = present(ranges, maskedIpv4(number, bits), nowMs);
      if (entry !== null) return entry;
    }
  }
  const digits = six.size === 0 || number !== null ? null : ipv6Digits(ip);
  if (digits === null) return null;
  for (const [bits, ranges] of six) {
    const entry = present(ranges, digits.slice(0, bits / 4), nowMs);
    if (entry !== null) return entry;
  }
  return null;
}

function changedList(before: List, changes: readonly ListedValue[]): List {
  if (changes.length === 0) return before;
  const ordered = [...changes].sort((a, b) => Number(b.removed) - Number(a.removed));
  const values = { ...before.values };
  for (const kind of listKinds) {
    const ofKind = ordered.filter((change) => change.kind === kind);
    if (kind === "ip" || ofKind.length === 0) continue;
    const entries = new Map(values[kind]);
    for (const change of ofKind) put(entries, change.value, change);
    values[kind] = entries;
  }
  const ranges = ordered.filter(({ kind }) => kind === "ip");
  return {
    values,
    addresses: ranges.length === 0 ? before.addresses : changedAddresses(before.addresses, ranges),
  };
}

function changedAddresses(before: Addresses, changes: readonly ListedValue[]): Addresses {
  const four = new Map([...before.four].map(([bits, ranges]) => [bits, new Map(ranges)]));
  const six = new Map([...before.six].map(([bits, ranges]) => [bits, new Map(ranges)]));
  for (const change of changes) {
    const range = ipRange(change.value);
    if (range === null) continue;
    if (typeof range.key === "number") put(rangesOf(four, range.bits), range.key, change);
    else put(rangesOf(six, range.bits), range.key, change);
  }
  return { four: longestFirst(four), six: longestFirst(six) };
}

function rangesOf<Key>(byLength: Map<number, Map<Key, Entry>>, bits: number): Map<Key, Entry> {
  const known = byLength.get(bits);
  if (known !== undefined) return known;
  const made = new Map<Key, Entry>();
  byLength.set(bits, made);
  return made;
}

function longestFirst<Key>(byLength: Map<number, Map<Key, Entry>>): Map<number, Map<Key, Entry>> {
  return new Map([...byLength].filter(([, ranges]) => ranges.size > 0).sort(([a], [b]) => b - a));
}

/** What was removed goes only if it is still what is there. */
function put<Key>(entries: Map<Key, Entry>, key: Key, change: ListedValue): void {
  if (change.removed) {
    if (entries.get(key)?.id === change.id) entries.delete(key);
    return;
  }
  const { id, list, kind, expiresAtMs } = change;
  const outcome = list === "block" ? "decline" : "approve";
  const name = `${list === "block" ? "Block" : "Allow"} list: ${kind}`;
  entries.set(key, { id, expiresAtMs: expiresAtMs ?? Number.POSITIVE_INFINITY, hit: { id, name, outcome } });
}
