import { spawn } from "node:child_process";

export type ChildEnd = {
  /** null after exit code 0, else one line on how it ended */
  readonly failure: string | null;
};

export type TrainingChild = {
  readonly ended: Promise<ChildEnd>;
  /** SIGTERM: the run goes back to waiting. SIGKILL: at once. */
  kill(signal: "SIGTERM" | "SIGKILL"): void;
};

const KEPT_CHARACTERS = 4_000;

/**
 * Starts a training run in a process of its own, so that its arithmetic never holds up this one. It has an IPC
 * channel, by which it notices when this process is gone.
 */
export function startTrainingChild(file: string, runId: string, env: NodeJS.ProcessEnv): TrainingChild {
  const child = spawn(process.execPath, [file, runId], { env, stdio: ["ignore", "inherit", "pipe", "ipc"] });
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    process.stderr.write(text);
    complaints = (complaints + text).slice(-KEPT_CHARACTERS);
  });
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once("error", (error) => resolve({ failure: `could not be started: ${error.message}` }));
    child.once("close", (code, signal) => resolve({ failure: failureOf(code, signal, complaints) }));
  });
  return { ended, kill: (signal) => void child.kill(signal) };
}

function failureOf(code: number | null, signal: NodeJS.Signals | null, complaints: string): string | null {
  if (code === 0) return null;
  if (signal === "SIGKILL") return "was killed (SIGKILL); perhaps the machine ran out of memory";
  if (signal !== null) return `was ended by ${signal}`;
  const lastLine = complaints.trim().split("\n").at(-1)?.trim() ?? "";
  return `ended with code ${code}${lastLine === "" ? "" : `: ${lastLine}`}`;
}
