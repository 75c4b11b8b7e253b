import { z } from "zod";
import { appRouter } from "../root.ts";

/** What tRPC keeps of a procedure, as far as tests look at it; its own types don't tell. */
const Definition = z.object({
  type: z.enum(["query", "mutation", "subscription"]),
  meta: z.object({ permission: z.string() }).default({ permission: "none" }),
  inputs: z.array(z.unknown()),
});

export type ProcedureFacts = {
  /** as clients name it: "case.close" */
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  /** "none" when it was made without saying one */
  readonly permission: string;
  /** the schemas that its input passes through */
  readonly inputs: readonly unknown[];
};

/** Every procedure of the one router. */
export function allProcedures(): ProcedureFacts[] {
  return Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
    const { type, meta, inputs } = Definition.parse(Reflect.get(procedure, "_def"));
    return { path, type, permission: meta.permission, inputs };
  });
}
