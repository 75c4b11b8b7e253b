import { listUsers } from "#server/services/user/index.ts";
import { permitted, router } from "../trpc.ts";

export const userRouter = router({
  list: permitted("user:manage").query(({ ctx }) => listUsers(ctx)),
});
