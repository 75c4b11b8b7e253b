import { permissionsOfRole } from "#server/domain/permission.ts";
import { publicProcedure, router } from "../trpc.ts";

export const sessionRouter = router({
  /** Who is signed in and what they may do; null when nobody is. */
  me: publicProcedure.query(({ ctx }) => {
    if (ctx.actor?.kind !== "user") return null;
    const { id, name, role } = ctx.actor;
    return { id, name, role, permissions: [...permissionsOfRole[role]] };
  }),
});
