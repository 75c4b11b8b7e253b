import { writeSync } from "node:fs";
import { type Level, type Logger, pino } from "pino";

const STDOUT = 1;

/** The log of a process, on its standard output. A line that cannot be written, such as on a full disk, is let go. */
export function processLog(name: string, level: Level): Logger {
  return pino({ name, level }, { write: writeLine });
}

function writeLine(line: string): void {
  try {
    writeSync(STDOUT, line);
  } catch {
    // scoring goes on without its log
  }
}
