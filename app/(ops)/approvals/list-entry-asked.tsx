"use client";
import type { ReactNode } from "react";
import { instant } from "#app/format/time.ts";
import { NewListEntry } from "#server/domain/list/list-entry.ts";
import { kindWords } from "../rules/words.ts";
import { BeforeAfter } from "./before-after.tsx";
import { type AskedProps, Unreadable } from "./change-asked.tsx";

const effect = { block: "always declined", allow: "always approved" } as const;

/** Something that is to be put on a list. */
export function ListEntryAsked({ approval }: AskedProps): ReactNode {
  const entry = NewListEntry.safeParse(approval.payload).data;
  if (entry === undefined) return <Unreadable />;
  const { list, kind, value, reason, expiresAt } = entry;
  const rows = [
    { name: `${kindWords[kind]} ${value}`, before: `not on the ${list} list`, after: effect[list] },
    { name: "Why", before: null, after: reason },
    { name: "Until", before: null, after: expiresAt === null ? "it is removed" : instant(expiresAt) },
  ];
  return <BeforeAfter rows={rows} answered={approval.status !== "pending"} />;
}
