import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type User = Outputs["user"]["list"][number];
export type ApiKey = Outputs["apiKey"]["list"][number];
