import { DatabaseError } from "pg";
import { Prisma } from "./generated/client.ts";

/** Whether a write, by Prisma or by pg, failed because another row already has the value that must be unique. */
export function isUniqueViolation(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === "23505";
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
