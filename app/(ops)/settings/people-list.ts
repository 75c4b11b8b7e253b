import type { Role } from "#server/domain/permission.ts";
import type { User, Worker } from "./types.ts";

/** Somebody as the tab shows them; what only admins see is null for others. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role | null;
  readonly disabledAt: string | null;
  /** null for people who do not work on cases */
  readonly work: Omit<Worker, "id" | "name"> | null;
};

/** Everybody: all users where the reader may see them, else those who work on cases. */
export function peopleOf(users: readonly User[] | null, workers: readonly Worker[]): Person[] {
  const workOf = new Map(workers.map((worker) => [worker.id, worker]));
  if (users === null) {
    return workers.map((work) => ({
      id: work.id,
      name: work.name,
      email: null,
      role: null,
      disabledAt: null,
      work,
    }));
  }
  return users.map(({ id, name, email, role, disabledAt }) => ({
    id,
    name,
    email,
    role,
    disabledAt,
    work: workOf.get(id) ?? null,
  }));
}

/** A moment as a field of date and time has it, in UTC; empty for none. */
export function fieldOfInstant(instant: string | null): string {
  return instant === null ? "" : new Date(instant).toISOString().slice(0, 16);
}

/** The moment that such a field names; null when it is empty. */
export function instantOfField(field: string): string | null {
  return field === "" ? null : new Date(`${field}:00Z`).toISOString();
}
