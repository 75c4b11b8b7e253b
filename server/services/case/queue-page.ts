import type { Prisma } from "#server/db/generated/client.ts";
import type { QueueOrder } from "#server/domain/case.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { CaseRow } from "./case-row.ts";

export type QueueRule = {
  readonly orderBy: Prisma.CaseOrderByWithRelationInput[];
  /** smallest key first, and where rows without a key stand */
  readonly ascending: boolean;
  readonly nullsFirst: boolean;
  /** where a row stands in the order */
  readonly keyOf: (row: CaseRow) => number | null;
  /** the rows behind a place in the order */
  readonly behind: (key: number | null, id: string) => Prisma.CaseWhereInput;
  /** those without a key, where they follow every key: read apart, or the index is read from its beginning */
  readonly keyless?: Prisma.CaseWhereInput;
};

/** Most urgent first. Cases that could not be scored come before every score. */
export const queueRules: Record<QueueOrder | "closed", QueueRule> = {
  expected_loss: {
    ascending: false,
    nullsFirst: false,
    orderBy: [{ rankMinor: "desc" }, { id: "asc" }],
    keyOf: (row) => row.rankMinor,
    behind: (key, id) => {
      const at = BigInt(key ?? 0);
      return {
        rankMinor: { lte: at },
        OR: [{ rankMinor: { lt: at } }, { rankMinor: at, id: { gt: id } }],
      };
    },
  },
  due: {
    ascending: true,
    nullsFirst: false,
    orderBy: [{ dueAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
    keyOf: (row) => (row.dueAt === null ? null : Date.parse(row.dueAt)),
    behind: (key, id) => {
      if (key === null) return { dueAt: null, id: { gt: id } };
      const at = new Date(key);
      return { dueAt: { gte: at }, OR: [{ dueAt: { gt: at } }, { dueAt: at, id: { gt: id } }] };
    },
    keyless: { dueAt: null },
  },
  amount: {
    ascending: false,
    nullsFirst: false,
    orderBy: [{ amountMinor: "desc" }, { id: "asc" }],
    keyOf: (row) => row.amountMinor,
    behind: (key, id) => {
      const at = BigInt(key ?? 0);
      return {
        amountMinor: { lte: at },
        OR: [{ amountMinor: { lt: at } }, { amountMinor: at, id: { gt: id } }],
      };
    },
  },
  score: {
    ascending: false,
    nullsFirst: true,
    orderBy: [{ score: { sort: "desc", nulls: "first" } }, { id: "asc" }],
    keyOf: (row) => row.score,
    behind: (key, id) =>
      key === null
        ? { OR: [{ score: { not: null } }, { score: null, id: { gt: id } }] }
        : { score: { lte: key }, OR: [{ score: { lt: key } }, { score: key, id: { gt: id } }] },
  },
  age: {
    ascending: true,
    nullsFirst: false,
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    keyOf: (row) => Date.parse(row.openedAt),
    behind: (key, id) => {
      const at = new Date(key ?? 0);
      return { openedAt: { gte: at }, OR: [{ openedAt: { gt: at } }, { openedAt: at, id: { gt: id } }] };
    },
  },
  closed: {
    ascending: false,
    nullsFirst: false,
    orderBy: [{ closedAt: "desc" }, { id: "asc" }],
    keyOf: (row) => Date.parse(row.closedAt ?? ""),
    behind: (key, id) => {
      const at = new Date(key ?? 0);
      return { closedAt: { lte: at }, OR: [{ closedAt: { lt: at } }, { closedAt: at, id: { gt: id } }] };
    },
  },
};

/** Rows of several parts of a page as one, in the order of the rule. */
export function inOrder(rule: QueueRule, rows: readonly CaseRow[]): CaseRow[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [rule.keyOf(a), rule.keyOf(b)];
    if (x === y) return a.id < b.id ? -1 : 1;
    if (x === null || y === null) return (x === null) === rule.nullsFirst ? -1 : 1;
    return x < y === rule.ascending ? -1 : 1;
  });
}

/** The place of a row, to continue behind it: "<key>~<id>", with an empty key where there is none. */
export function cursorOf(rule: QueueRule, row: CaseRow): string {
  return `${rule.keyOf(row) ?? ""}~${row.id}`;
}

/** The rows behind a cursor, in parts that share none. @throws ServiceError "invalid" when it is no cursor. */
export function behindCursor(rule: QueueRule, cursor: string): Prisma.CaseWhereInput[] {
  const found = /^(-?\d*(?:\.\d+)?(?:e-?\d+)?)~(.+)$/.exec(cursor);
  const [, key, id] = found ?? [];
  if (key === undefined || id === undefined) throw new ServiceError("invalid", "The page is not valid.");
  if (key === "") return [rule.behind(null, id)];
  const behind = rule.behind(Number(key), id);
  return rule.keyless === undefined ? [behind] : [behind, rule.keyless];
}
