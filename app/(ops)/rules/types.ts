import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type RulesInForce = Outputs["rule"]["inForce"];
export type RuleSetView = NonNullable<RulesInForce["active"]>;
export type RuleTest = Outputs["rule"]["test"];
export type ListEntry = Outputs["list"]["entries"]["rows"][number];
