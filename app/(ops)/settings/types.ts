import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type User = Outputs["user"]["list"][number];
export type Worker = Outputs["user"]["workers"][number];
export type ApiKey = Outputs["apiKey"]["list"][number];
export type Queue = Outputs["queue"]["list"]["queues"][number];
export type QueueFields = inferRouterInputs<AppRouter>["queue"]["create"];

export type PolicyVersion = inferRouterOutputs<AppRouter>["policy"]["active"];
