import type { Prisma } from "#server/db/generated/client.ts";
import type { QueueOrder } from "#server/domain/case.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { CaseRow } from "./case-row.ts";

type Rule = {
  readonly orderBy: Prisma.CaseOrderByWithRelationInput[];
  /** where a row stands in the order */
  readonly keyOf: (row: CaseRow) => number | null;
  /** the rows behind a place in the order */
  readonly behind: (key: number | null, id: string) => Prisma.CaseWhereInput;
};

/** Most urgent first. Cases that could not be scored come before every score. */
export const queueRules: Record<QueueOrder | "closed", Rule> = {
  expected_loss: {
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
    orderBy: [{ dueAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
    keyOf: (row) => (row.dueAt === null ? null : Date.parse(row.dueAt)),
    behind: (key, id) => {
      if (key === null) return { dueAt: null, id: { gt: id } };
      const at = new Date(key);
      return { OR: [{ dueAt: { gt: at } }, { dueAt: at, id: { gt: id } }, { dueAt: null }] };
    },
  },
  amount: {
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
    orderBy: [{ score: { sort: "desc", nulls: "first" } }, { id: "asc" }],
    keyOf: (row) => row.score,
    behind: (key, id) =>
      key === null
        ? { OR: [{ score: { not: null } }, { score: null, id: { gt: id } }] }
        : { score: { lte: key }, OR: [{ score: { lt: key } }, { score: key, id: { gt: id } }] },
  },
  age: {
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    keyOf: (row) => Date.parse(row.openedAt),
    behind: (key, id) => {
      const at = new Date(key ?? 0);
      return { openedAt: { gte: at }, OR: [{ openedAt: { gt: at } }, { openedAt: at, id: { gt: id } }] };
    },
  },
  closed: {
    orderBy: [{ closedAt: "desc" }, { id: "asc" }],
    keyOf: (row) => Date.parse(row.closedAt ?? ""),
    behind: (key, id) => {
      const at = new Date(key ?? 0);
      return { closedAt: { lte: at }, OR: [{ closedAt: { lt: at } }, { closedAt: at, id: { gt: id } }] };
    },
  },
};

/** The place of a row, to continue behind it: "<key>~<id>", with an empty key where there is none. */
export function cursorOf(rule: Rule, row: CaseRow): string {
  return `${rule.keyOf(row) ?? ""}~${row.id}`;
}

/** @throws ServiceError "invalid" when it is no cursor. */
export function behindCursor(rule: Rule, cursor: string): Prisma.CaseWhereInput {
  const found = /^(-?\d*(?:\.\d+)?(?:e-?\d+)?)~(.+)$/.exec(cursor);
  const [, key, id] = found ?? [];
  if (key === undefined || id === undefined) throw new ServiceError("invalid", "The page is not valid.");
  return rule.behind(key === "" ? null : Number(key), id);
}
