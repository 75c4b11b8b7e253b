import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { Person } from "./case-row.ts";
import { CaseRef } from "./claim-case.ts";

export type CaseFileRow = {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly uploadedAt: string;
  readonly uploadedBy: Person;
};

export const fileRowSelect = {
  id: true,
  name: true,
  contentType: true,
  sizeBytes: true,
  sha256: true,
  uploadedAt: true,
  uploadedBy: { select: { id: true, name: true } },
} satisfies Prisma.CaseFileSelect;

export function fileRow(stored: Prisma.CaseFileGetPayload<{ select: typeof fileRowSelect }>): CaseFileRow {
  return { ...stored, uploadedAt: stored.uploadedAt.toISOString() };
}

/** The files of a case without their content, in the order they were added. @throws ServiceError "forbidden" */
export async function caseFiles(ctx: ServiceContext, input: CaseRef): Promise<CaseFileRow[]> {
  requirePermission(ctx.actor, "case:read");
  const stored = await ctx.db.caseFile.findMany({
    where: { caseId: input.caseId },
    orderBy: [{ uploadedAt: "asc" }, { id: "asc" }],
    select: fileRowSelect,
  });
  return stored.map(fileRow);
}

export const CaseFileRef = CaseRef.extend({ fileId: z.string().min(1).max(128) });
export type CaseFileRef = z.infer<typeof CaseFileRef>;

/** One file with its content in base64. @throws ServiceError "forbidden" or "not_found" */
export async function caseFile(
  ctx: ServiceContext,
  input: CaseFileRef,
): Promise<CaseFileRow & { readonly base64: string }> {
  requirePermission(ctx.actor, "case:read");
  const found = await ctx.db.caseFile.findFirst({
    where: { id: input.fileId, caseId: input.caseId },
    select: { ...fileRowSelect, bytes: true },
  });
  if (found === null) throw new ServiceError("not_found", "There is no such file.");
  const { bytes, ...stored } = found;
  return { ...fileRow(stored), base64: Buffer.from(bytes).toString("base64") };
}
