import type { ListEntry } from "#server/db/generated/client.ts";
import { ListEffect, ListKind } from "#server/domain/list/list-entry.ts";

export type ListEntryView = {
  readonly id: string;
  readonly list: ListEffect;
  readonly kind: ListKind;
  readonly value: string;
  readonly reason: string;
  readonly addedAt: string;
  readonly addedBy: string;
  readonly expiresAt: string | null;
  readonly removedAt: string | null;
  readonly removedBy: string | null;
};

export function listEntryView(entry: ListEntry): ListEntryView {
  return {
    id: entry.id,
    list: ListEffect.parse(entry.list),
    kind: ListKind.parse(entry.kind),
    value: entry.value,
    reason: entry.reason,
    addedAt: entry.addedAt.toISOString(),
    addedBy: entry.addedByName,
    expiresAt: entry.expiresAt?.toISOString() ?? null,
    removedAt: entry.removedAt?.toISOString() ?? null,
    removedBy: entry.removedByName,
  };
}
