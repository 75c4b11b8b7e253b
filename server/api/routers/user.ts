import {
  listUsers,
  listWorkers,
  SetCapacityInput,
  SetTimeOffInput,
  setCapacity,
  setTimeOff,
} from "#server/services/user/index.ts";
import { permitted, router } from "../trpc.ts";

export const userRouter = router({
  list: permitted("user:manage").query(({ ctx }) => listUsers(ctx)),
  workers: permitted("case:read").query(({ ctx }) => listWorkers(ctx)),
  setTimeOff: permitted("case:work")
    .input(SetTimeOffInput)
    .mutation(({ ctx, input }) => setTimeOff(ctx, input)),
  setCapacity: permitted("queue:write")
    .input(SetCapacityInput)
    .mutation(({ ctx, input }) => setCapacity(ctx, input)),
});
