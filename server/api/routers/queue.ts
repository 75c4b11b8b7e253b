import {
  ArchiveQueueInput,
  archiveQueue,
  createQueue,
  listQueues,
  PreviewQueueInput,
  previewQueue,
  QueueFields,
  queueNames,
  ReorderQueuesInput,
  reorderQueues,
  UpdateQueueInput,
  updateQueue,
} from "#server/services/queue/index.ts";
import { permitted, router } from "../trpc.ts";

const read = permitted("case:read");
const write = permitted("queue:write");

export const queueRouter = router({
  list: read.query(({ ctx }) => listQueues(ctx)),
  names: read.query(({ ctx }) => queueNames(ctx)),
  preview: write.input(PreviewQueueInput).query(({ ctx, input }) => previewQueue(ctx, input)),
  create: write.input(QueueFields).mutation(({ ctx, input }) => createQueue(ctx, input)),
  update: write.input(UpdateQueueInput).mutation(({ ctx, input }) => updateQueue(ctx, input)),
  reorder: write.input(ReorderQueuesInput).mutation(({ ctx, input }) => reorderQueues(ctx, input)),
  archive: write.input(ArchiveQueueInput).mutation(({ ctx, input }) => archiveQueue(ctx, input)),
});
