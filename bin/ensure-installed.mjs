// Runs on whatever Node the machine has, before anything is installed: plain JavaScript, no dependencies.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK_STAMP = join(root, "node_modules", ".assay-lock-hash");
const SCHEMA_STAMP = join(root, "server", "db", "generated", ".schema-hash");

/**
 * Makes a checkout ready to run: dependencies as locked, Node 24, Prisma's client. Returns the Node to run on.
 * Ends the process with one line that says what is missing where it can't.
 */
export async function ensureInstalled() {
  await installDependencies();
  const node = nodeToUse();
  generatePrismaClient(node);
  return node;
}

/** Installs what package-lock.json names, unless exactly that is already there. */
async function installDependencies() {
  const wanted = hashOf(join(root, "package-lock.json"));
  if (existsSync(LOCK_STAMP) && readFileSync(LOCK_STAMP, "utf8") === wanted) return;
  if (isInstalled()) {
    writeFileSync(LOCK_STAMP, wanted);
    return;
  }
  const started = Date.now();
  process.stdout.write("Installing dependencies (a minute or two the first time)\n");
  const npm = spawn("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ticker = setInterval(() => showElapsed(started), process.stdout.isTTY ? 1_000 : 15_000);
  const code = await new Promise((done) => {
    npm.once("error", () => done(127));
    npm.once("exit", done);
  });
  clearInterval(ticker);
  if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
  if (code !== 0) fail(`npm ci failed (exit ${code}). Is the npm registry within reach?\n${output.trim()}`);
  writeFileSync(LOCK_STAMP, wanted);
  process.stdout.write(`Dependencies installed in ${seconds(started)} s\n`);
}

/** Whether npm's own record of node_modules holds every package of the lock file that this platform needs. */
function isInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(locked).every(
    ([path, entry]) => path === "" || entry.optional || installed[path]?.version === entry.version,
  );
}

function showElapsed(started) {
  const line = `  npm ci: ${seconds(started)} s`;
  process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
}

/** This Node where it is new enough, else the one that the dependency `node` brings for this platform. */
function nodeToUse() {
  const own = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  for (const candidate of [process.execPath, own]) {
    const version = spawnSync(candidate, ["--version"], { encoding: "utf8" }).stdout ?? "";
    if (Number(/^v(\d+)/.exec(version)?.[1] ?? 0) >= 24) return candidate;
  }
  return fail(
    `Node 24 or newer is needed, this is ${process.version}: install it, or run "npm ci" with install scripts allowed.`,
  );
}

/** Prisma's client is made from the schema; its command needs no engine binary, only a name for one. */
function generatePrismaClient(node) {
  const wanted = hashOf(join(root, "prisma", "schema.prisma"));
  if (existsSync(SCHEMA_STAMP) && readFileSync(SCHEMA_STAMP, "utf8") === wanted) return;
  const prisma = join(root, "node_modules", "prisma", "build", "index.js");
  const result = spawnSync(node, [prisma, "generate", "--no-hints"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  if (result.status !== 0) fail(`prisma generate failed:\n${result.stdout}${result.stderr}`);
  writeFileSync(SCHEMA_STAMP, wanted);
}

function hashOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function seconds(started) {
  return Math.round((Date.now() - started) / 1000);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
