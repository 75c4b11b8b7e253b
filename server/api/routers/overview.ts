import { readOverview } from "#server/services/overview/index.ts";
import { permitted, router } from "../trpc.ts";

export const overviewRouter = router({
  now: permitted("analytics:read").query(({ ctx }) => readOverview(ctx)),
});
