export { ArchiveQueueInput, archiveQueue } from "./archive-queue.ts";
export { createQueue } from "./create-queue.ts";
export { listQueues, queueNames } from "./list-queues.ts";
export { PreviewQueueInput, previewQueue } from "./preview-queue.ts";
export { QueueFields } from "./queue-fields.ts";
export { ReorderQueuesInput, reorderQueues } from "./reorder-queues.ts";
export { UpdateQueueInput, updateQueue } from "./update-queue.ts";
