import type { Prisma } from "#server/db/generated/client.ts";

export type SavedViewRow = {
  readonly id: string;
  readonly name: string;
  /** the query of the queue's address, without the question mark */
  readonly query: string;
  readonly shared: boolean;
  readonly owner: { readonly id: string; readonly name: string };
  readonly isMine: boolean;
};

export const viewInclude = {
  owner: { select: { id: true, name: true } },
} satisfies Prisma.SavedViewInclude;

export function savedViewRow(
  stored: Prisma.SavedViewGetPayload<{ include: typeof viewInclude }>,
  me: string | null,
): SavedViewRow {
  const { id, name, query, shared, owner } = stored;
  return { id, name, query, shared, owner, isMine: owner.id === me };
}
