import { type Environment, readEnvironment } from "#server/env.ts";

/** The command line does not say what to do; the message names the fault, `usage` shows the right form. */
export class UsageError extends Error {
  readonly usage: string;

  constructor(message: string, usage: string) {
    super(`${message}\nUsage: ${usage}`);
    this.name = "UsageError";
    this.usage = usage;
  }
}

/** No command takes --help as an option, so parsing refuses it and arrives where the usage is known. */
function asksForHelp(): boolean {
  return process.argv.includes("--help") || process.argv.includes("-h");
}

/**
 * Runs a command to its end and sets the exit code: what `main` returns, or 1 with one line for a person on stderr.
 * The stack is shown only when LOG_LEVEL is debug.
 */
export async function runCommand(main: (env: Environment) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main(readEnvironment());
  } catch (error) {
    if (error instanceof UsageError && asksForHelp()) {
      process.stdout.write(`Usage: ${error.usage}\n`);
      process.exitCode = 0;
      return;
    }
    process.stderr.write(`${process.env.LOG_LEVEL === "debug" ? stackOf(error) : lineOf(error)}\n`);
    process.exitCode = 1;
  }
}

/**
 * Runs node's parseArgs, whose refusals become usage errors.
 * @throws UsageError when `parse` throws, with its message.
 */
export function parsed<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split(". To specify");
    throw new UsageError(firstLine(message), usage);
  }
}

/** What to tell a person. Usage and environment errors keep their further lines; others have one. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || error.constructor.name === "EnvironmentError") return error.message;
  if (error.message !== "") return firstLine(error.message);
  // A refused connection to several addresses is an AggregateError without a message of its own.
  if (error instanceof AggregateError) return lineOf(error.errors[0]);
  return "code" in error ? String(error.code) : error.name;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  // Prisma begins its messages with an empty line and ends them with the reason.
  return (text.startsWith("\n") ? lines.findLast((line) => line !== "") : lines[0]) ?? text;
}
