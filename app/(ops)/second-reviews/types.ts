import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type Desk = inferRouterOutputs<AppRouter>["secondReview"]["desk"];
export type BlindCase = NonNullable<Desk["current"]>;
