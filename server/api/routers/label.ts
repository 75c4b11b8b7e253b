import { LabelRequest, LabelResponse } from "#server/domain/transaction.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { safeInput } from "../safe-input.ts";
import { permitted, router } from "../trpc.ts";

export const labelRouter = router({
  record: permitted("label:record")
    .input(safeInput(LabelRequest))
    .output(LabelResponse)
    .mutation(async ({ ctx, input }) => {
      const label = await recordLabel(ctx, { ...input, occurredAt: new Date(input.occurredAt) });
      return {
        ...label,
        occurredAt: label.occurredAt.toISOString(),
        recordedAt: label.recordedAt.toISOString(),
      };
    }),
});
