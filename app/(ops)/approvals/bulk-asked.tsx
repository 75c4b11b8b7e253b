"use client";
import type { ReactNode } from "react";
import { z } from "zod";
import { plural } from "#app/format/number.ts";
import { Disposition } from "#server/domain/case.ts";
import { dispositionLook } from "../cases/words.ts";
import { BeforeAfter } from "./before-after.tsx";
import { type AskedProps, Unreadable } from "./change-asked.tsx";

const Bulk = z.looseObject({
  action: z.looseObject({
    kind: z.string(),
    disposition: Disposition.optional(),
    reason: z.string().nullish(),
  }),
  items: z.array(z.unknown()),
});

/** One change of many cases. */
export function BulkAsked({ approval }: AskedProps): ReactNode {
  const bulk = Bulk.safeParse(approval.payload).data;
  if (bulk === undefined) return <Unreadable />;
  const { kind, disposition, reason } = bulk.action;
  const rows = [
    {
      name: plural(bulk.items.length, "case"),
      before: "as they are",
      after: disposition === undefined ? kind : `Closed: ${dispositionLook[disposition].word}`,
    },
    { name: "Reason", before: null, after: reason ?? null },
  ];
  return <BeforeAfter rows={rows} answered={approval.status !== "pending"} />;
}
