import { randomBytes } from "node:crypto";
import { z } from "zod";
import { generateApiKey } from "#server/auth/api-key.ts";
import { Scope } from "#server/domain/permission.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "#server/services/api-key/index.ts";
import { permitted, router } from "../trpc.ts";

const manage = permitted("key:manage");

export const apiKeyRouter = router({
  list: manage.query(({ ctx }) => listApiKeys(ctx)),

  /** The key is in this answer and nowhere else. */
  create: manage
    .input(z.strictObject({ name: z.string().min(1).max(120), scopes: z.array(Scope).min(1) }))
    .mutation(({ ctx, input }) => createApiKey(ctx, input, () => generateApiKey(randomBytes))),

  revoke: manage
    .input(z.strictObject({ keyId: z.string().min(1).max(64) }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
});
