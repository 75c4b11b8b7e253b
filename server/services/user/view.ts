import type { User } from "#server/db/generated/client.ts";
import { Role } from "#server/domain/permission.ts";

/** A user as others may see them: never the password hash. */
export type UserView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly disabledAt: string | null;
  readonly createdAt: string;
};

export function userView(user: User): UserView {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: Role.parse(user.role),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}
