import { createHash } from "node:crypto";
import { z } from "zod";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import type { CaseFileRow } from "./case-files.ts";
import { fileRow, fileRowSelect } from "./case-files.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { type FileType, fileHoldsCardNumber, sniffFile } from "./sniff-file.ts";
import { tellOf } from "./tell-of.ts";

const MAX_MIB = 5;
const MAX_BYTES = MAX_MIB * 1024 * 1024;
const MAX_FILES = 20;

export const AddCaseFileInput = CaseRef.extend({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}/\\]+$/u, "A file's name has no slashes"),
  base64: z.string().max(Math.ceil(MAX_BYTES / 3) * 4 + 4, `A file has at most ${MAX_MIB} MiB`),
});
export type AddCaseFileInput = z.infer<typeof AddCaseFileInput>;

/**
 * Keeps a file with a case, open or closed: at most 20 of 5 MiB each; PDF, PNG, JPEG, text, CSV or an e-mail, which
 * the content has to bear out. Never a text that holds a card number.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (there are 20 already).
 */
export async function addCaseFile(ctx: ServiceContext, input: AddCaseFileInput): Promise<CaseFileRow> {
  requirePermission(ctx.actor, "case:work");
  const uploadedById = actorId(ctx.actor);
  if (ctx.actor.kind !== "user" || uploadedById === null) {
    throw new ServiceError("forbidden", "Files are added by people.");
  }
  const { caseId, name } = input;
  const { bytes, contentType } = checkedFile(input);
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`select id from "case" where id = ${caseId} for no key update`;
    const { number } = await findCase(tx, ctx, caseId);
    if ((await tx.caseFile.count({ where: { caseId } })) >= MAX_FILES) {
      throw new ServiceError("conflict", `Case ${number} has ${MAX_FILES} files already.`);
    }
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const about = { caseId, name, contentType, sha256, sizeBytes: bytes.length };
    const stored = await tx.caseFile.create({
      data: { ...about, bytes, uploadedAt: ctx.now(), uploadedById },
      select: fileRowSelect,
    });
    const body = { fileId: stored.id, name, contentType, sha256, sizeBytes: bytes.length };
    await tellOf(tx, ctx, { caseId, action: "case.file", kind: "file", body });
    return fileRow(stored);
  });
}

function checkedFile({ name, base64 }: AddCaseFileInput): {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: FileType;
} {
  checkText(name, "file's name");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw new ServiceError("invalid", "The file is not in base64.");
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  if (bytes.length === 0) throw new ServiceError("invalid", "The file is empty.");
  if (bytes.length > MAX_BYTES) throw new ServiceError("invalid", `A file has at most ${MAX_MIB} MiB.`);
  const contentType = sniffFile(name, bytes);
  if (contentType === null) {
    throw new ServiceError(
      "invalid",
      "Only PDF, PNG, JPEG, TXT, CSV and EML files can be kept, and the content has to be what the name says.",
    );
  }
  if (fileHoldsCardNumber(contentType, bytes)) {
    throw new ServiceError("invalid", "The file seems to hold a card number; take it out and add it again.");
  }
  return { bytes, contentType };
}
