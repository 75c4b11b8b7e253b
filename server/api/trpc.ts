import { initTRPC, TRPCError } from "@trpc/server";
import type { Pool } from "pg";
import { ZodError } from "zod";
import type { Database } from "#server/db/client.ts";
import type { Actor } from "#server/domain/actor.ts";
import { containsCardNumber } from "#server/domain/card-number.ts";
import type { ReplayDecision } from "#server/domain/decision-replay.ts";
import { type Permission, requirePermission } from "#server/domain/permission.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { translateError } from "./translate-error.ts";

/** What every procedure gets, in the web server and in the scoring server alike. */
export type ApiContext = {
  readonly db: Database;
  /** raw SQL, for queries that Prisma is too slow for */
  readonly pool?: Pool;
  readonly actor: Actor | null;
  readonly now: () => Date;
  readonly scoring: ScoringPort;
  /** carries past decisions out again; in the web server alone, where nobody at a till waits */
  readonly replayDecision?: ReplayDecision;
};

/** What a procedure asks of its caller, for the test of roles × procedures. */
type ProcedureMeta = { readonly permission: Permission | "public" };

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: error.code === "NOT_FOUND" && ownMessage(error) !== null ? undefined : shape.data.path,
        fields: error.cause instanceof ZodError ? fieldsOf(error.cause) : [],
      },
      message:
        error.cause instanceof ZodError
          ? "Some of what was sent is not valid."
          : (ownMessage(error) ?? shape.message),
    }),
  });

/** What tRPC itself refuses, in words that repeat nothing: its own name addresses, types and unreadable JSON. */
const ownWords: Partial<Record<TRPCError["code"], string>> = {
  BAD_REQUEST: "This cannot be read: send JSON.",
  METHOD_NOT_SUPPORTED: "Queries are read by GET, mutations sent by POST.",
  NOT_FOUND: "There is no such procedure.",
  PARSE_ERROR: "This cannot be read: send JSON.",
  PAYLOAD_TOO_LARGE: "This is too large.",
  UNSUPPORTED_MEDIA_TYPE: "Send application/json.",
};

/** Null for an error of a procedure. */
function ownMessage({ cause, code }: TRPCError): string | null {
  return cause instanceof ServiceError ? null : (ownWords[code] ?? null);
}

function fieldsOf(error: ZodError): { path: string; message: string }[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ path: pathOf(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      message: "is not a field of this",
    }));
  });
}

/** Names, dotted; one that looks like a card number is not told. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((name) => (containsCardNumber(String(name)) ? "*" : String(name))).join(".");
}

const translated = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw translateError(result.error);
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For anyone, signed in or not. */
export const publicProcedure = translated.meta({ permission: "public" });

/** For actors with the permission; narrows `ctx.actor`, so `ctx` is a ServiceContext. */
export function permitted(permission: Permission) {
  return translated.meta({ permission }).use(({ ctx, next }) => {
    if (ctx.actor === null) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in to continue." });
    requirePermission(ctx.actor, permission);
    return next({ ctx: { ...ctx, actor: ctx.actor } });
  });
}
