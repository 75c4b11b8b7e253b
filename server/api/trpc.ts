import { initTRPC, TRPCError } from "@trpc/server";
import type { Pool } from "pg";
import { ZodError } from "zod";
import type { Database } from "#server/db/client.ts";
import type { Actor } from "#server/domain/actor.ts";
import { type Permission, requirePermission } from "#server/domain/permission.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { translateError } from "./translate-error.ts";

/** What every procedure gets, in the web server and in the scoring server alike. */
export type ApiContext = {
  readonly db: Database;
  /** raw SQL, for queries that Prisma is too slow for */
  readonly pool?: Pool;
  readonly actor: Actor | null;
  readonly now: () => Date;
  readonly scoring: ScoringPort;
};

const t = initTRPC.context<ApiContext>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      fields: error.cause instanceof ZodError ? fieldsOf(error.cause) : [],
    },
    message: error.cause instanceof ZodError ? "Some of what was sent is not valid." : shape.message,
  }),
});

function fieldsOf(error: ZodError): { path: string; message: string }[] {
  return error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
}

const translated = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw translateError(result.error);
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For anyone, signed in or not. */
export const publicProcedure = translated;

/** For actors with the permission; narrows `ctx.actor`, so `ctx` is a ServiceContext. */
export function permitted(permission: Permission) {
  return translated.use(({ ctx, next }) => {
    if (ctx.actor === null) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in to continue." });
    requirePermission(ctx.actor, permission);
    return next({ ctx: { ...ctx, actor: ctx.actor } });
  });
}
