import { z } from "zod";

const modelStatuses = ["candidate", "challenger", "champion", "retired"] as const;
export const ModelStatus = z.enum(modelStatuses);
export type ModelStatus = z.infer<typeof ModelStatus>;

const trainingStatuses = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export const TrainingStatus = z.enum(trainingStatuses);
export type TrainingStatus = z.infer<typeof TrainingStatus>;

/** PostgreSQL channel on which promotions and policy activations are told to scoring servers. */
export const SERVING_CHANNEL = "assay_serving";

/** PostgreSQL channel on which new labels are told to scoring servers. */
export const LABEL_CHANNEL = "assay_label";
