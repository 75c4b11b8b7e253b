export { SetCapacityInput, SetTimeOffInput, setCapacity, setTimeOff } from "./availability.ts";
export { changeRole, disableUser, enableUser, setPassword } from "./change-user.ts";
export { createUser } from "./create-user.ts";
export { listUsers } from "./list-users.ts";
export { listWorkers } from "./list-workers.ts";
export { generatePassword } from "./password.ts";
