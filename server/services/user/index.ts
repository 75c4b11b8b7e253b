export { changeRole, disableUser, setPassword } from "./change-user.ts";
export { type CreatedUser, type CreateUserInput, createUser } from "./create-user.ts";
export { listUsers } from "./list-users.ts";
export { generatePassword, MIN_PASSWORD_LENGTH } from "./password.ts";
export type { UserView } from "./view.ts";
