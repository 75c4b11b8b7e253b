import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { type Role, requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { requireEmail } from "./email.ts";
import { generatePassword, hashPassword } from "./password.ts";
import { type UserView, userView } from "./view.ts";

export type CreateUserInput = {
  readonly email: string;
  /** what precedes the @ when left out */
  readonly name?: string;
  readonly role: Role;
  /** null: one is generated and returned, once */
  readonly password: string | null;
};

export type CreatedUser = { readonly user: UserView; readonly generatedPassword: string | null };

/** @throws ServiceError "forbidden", "invalid" (e-mail, password) or "conflict" (the e-mail is taken) */
export async function createUser(ctx: ServiceContext, input: CreateUserInput): Promise<CreatedUser> {
  requirePermission(ctx.actor, "user:manage");
  const email = requireEmail(input.email);
  const generatedPassword = input.password === null ? generatePassword() : null;
  const passwordHash = await hashPassword(input.password ?? generatedPassword ?? "");
  const name = input.name?.trim() || (email.split("@")[0] ?? email);
  try {
    return await inTransaction(ctx, async (tx) => {
      const user = await tx.user.create({
        data: { email, name, role: input.role, passwordHash, createdAt: ctx.now() },
      });
      const view = userView(user);
      await recordAudit(tx, ctx, {
        action: "user.create",
        subjectType: "user",
        subjectId: user.id,
        after: view,
      });
      return { user: view, generatedPassword };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ServiceError("conflict", `There is already a user ${email}.`, { cause: error });
  }
}
