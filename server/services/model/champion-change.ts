import type { Tx } from "#server/db/client.ts";
import type { ModelVersion } from "#server/db/generated/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { ServiceError } from "#server/domain/service-error.ts";

type StatusChange = { status: "champion" | "retired"; promotedAt?: Date | null; retiredAt: Date | null };

/** Changes a version that is still as it was read. @throws ServiceError "conflict" */
export async function changeStatus(tx: Tx, version: ModelVersion, data: StatusChange): Promise<void> {
  const where = { id: version.id, status: version.status };
  const { count } = await tx.modelVersion.updateMany({ where, data });
  if (count === 0) throw changedMeanwhile();
}

/** Runs `work`; of two who change the champion at once the second gets a conflict. */
export async function settlingRaces<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error) ? changedMeanwhile(error) : error;
  }
}

/** What the second of two learns. */
export function changedMeanwhile(cause?: unknown): ServiceError {
  const message = "Someone else changed the champion at the same moment; look at it first.";
  return new ServiceError("conflict", message, { cause });
}
