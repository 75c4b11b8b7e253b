import { z } from "zod";
import { ListAuditInput, listAudit } from "#server/services/audit/index.ts";
import { permitted, router } from "../trpc.ts";

const IsoDate = z.iso.datetime().transform((text) => new Date(text));

export const auditRouter = router({
  list: permitted("audit:read")
    .input(ListAuditInput.extend({ from: IsoDate.nullish(), to: IsoDate.nullish() }))
    .query(({ ctx, input }) => listAudit(ctx, input)),
});
