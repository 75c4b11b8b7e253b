import { z } from "zod";
import { Role } from "#server/domain/permission.ts";
import {
  changeRole,
  disableUser,
  enableUser,
  listUsers,
  listWorkers,
  SetCapacityInput,
  SetTimeOffInput,
  setCapacity,
  setTimeOff,
} from "#server/services/user/index.ts";
import { permitted, router } from "../trpc.ts";

const manage = permitted("user:manage");
const UserRef = z.strictObject({ userId: z.string().min(1).max(128) });

export const userRouter = router({
  list: manage.query(({ ctx }) => listUsers(ctx)),
  changeRole: manage
    .input(UserRef.extend({ role: Role }))
    .mutation(({ ctx, input }) => changeRole(ctx, input)),
  disable: manage.input(UserRef).mutation(({ ctx, input }) => disableUser(ctx, input)),
  enable: manage.input(UserRef).mutation(({ ctx, input }) => enableUser(ctx, input)),
  workers: permitted("case:read").query(({ ctx }) => listWorkers(ctx)),
  setTimeOff: permitted("case:work")
    .input(SetTimeOffInput)
    .mutation(({ ctx, input }) => setTimeOff(ctx, input)),
  setCapacity: permitted("queue:write")
    .input(SetCapacityInput)
    .mutation(({ ctx, input }) => setCapacity(ctx, input)),
});
