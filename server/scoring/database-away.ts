import { DatabaseError } from "pg";
import { DeadlineError } from "./deadline.ts";

/** SQLSTATE classes of a database that is away, stopping, full or overloaded, rather than wronged. */
const awayState = /^(?:08|53|55|57|58|25006|40)/;
const awayCode =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|P1001|P1002|P1008|P1017|P2024|P2028)$/;
const awayMessage =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** True when the error, or one behind it, says that the database cannot be reached or cannot work just now. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof DeadlineError) return true;
  if (error instanceof DatabaseError && awayState.test(error.code ?? "")) return true;
  if ("code" in error && awayCode.test(String(error.code))) return true;
  if (awayMessage.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  return isDatabaseAway(error.cause);
}
